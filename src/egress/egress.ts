/** Sends every request that leaves the process. */
export interface Egress {
  /**
   * `fetch` over keep-alive sockets, for the SDKs. Refuses hosts outside the allow-list with an
   * `EgressRefusedError` before a byte is sent, and never follows a redirect.
   */
  readonly fetch: typeof fetch;
  allows(host: string): boolean;
  /** Closes idle sockets. */
  close(): void;
}
