/** Runs work later, on a clock that tests can wind by hand. */
export interface Timers {
  /** Runs the work once, after so many milliseconds; gives what cancels it. */
  after(ms: number, work: () => void): () => void;
}

/** Node's own; the process does not stay for them. */
export const TIMERS: Timers = {
  after(ms, work) {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};
