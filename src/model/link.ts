/** How one of an adapter's ways to its platform stands. */
export interface LinkState {
  /** E.g. `socket`, `web-api`. */
  readonly name: string;
  /** Whether nobody can be answered without it. */
  readonly needed: boolean;
  /** Why it is lost, as a stable code; undefined while it works. */
  readonly lost: string | undefined;
}

/** Whether everything works without which nobody can be answered. */
export function allWork(links: readonly LinkState[]): boolean {
  return links.every(({ needed, lost }) => !needed || lost === undefined);
}
