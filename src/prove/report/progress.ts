/** Tells how far a trial is: one line that is written anew on a terminal, a line now and then elsewhere. */
export interface Progress {
  start(what: string, steps: number): void;
  step(): void;
  done(): void;
}

const PLAIN_EVERY_MS = 10_000;

export function createProgress(out: NodeJS.WriteStream, now: () => number = Date.now): Progress {
  let [what, steps, count] = ['', 0, 0];
  let [begun, told] = [now(), 0];
  const line = (): string => `${what}: ${count} of ${steps}, ${Math.round((now() - begun) / 1_000)} s`;
  const tell = (): void => {
    if (out.isTTY) out.write(`\r\x1b[2K${line()}`);
    else if (now() - told > PLAIN_EVERY_MS) {
      told = now();
      out.write(`${line()}\n`);
    }
  };
  return {
    start(next, of) {
      [what, steps, count, begun, told] = [next, of, 0, now(), 0];
      tell();
    },
    step() {
      count += 1;
      tell();
    },
    done() {
      if (out.isTTY) out.write('\r\x1b[2K');
    },
  };
}
