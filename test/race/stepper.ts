/** How many rounds of the event loop are given to what can go on by itself. */
const ROUNDS = 3;
const round = setImmediate;
const LITTLE_MS = 1_500;

interface Gate {
  readonly name: string;
  open(): void;
}

/**
 * Owns every point at which a turn waits: each outside call stands at a gate until the test opens it, and time passes
 * only when the test lets it. Needs jest's fake timers, with `setImmediate` and microtasks left alone.
 */
export function createStepper() {
  let gates: Gate[] = [];

  const take = (gate: Gate): void => {
    gates = gates.filter((other) => other !== gate);
    gate.open();
  };

  return {
    gate(name: string): Promise<void> {
      return new Promise((open) => {
        gates.push({ name, open });
      });
    },
    /** Lets everything go on that waits for no gate. */
    async settle(): Promise<void> {
      for (let rounds = 0; rounds < ROUNDS; rounds += 1) await new Promise<void>((resolve) => void round(resolve));
    },
    /** What can happen next: gates, but those of this name, and the passing of time. */
    options(except: string): number {
      return gates.filter(({ name }) => name !== except).length + (jest.getTimerCount() > 0 ? 1 : 0);
    },
    step(pick: number, except: string): void {
      const open = gates.filter(({ name }) => name !== except);
      const gate = open[pick % (open.length + (jest.getTimerCount() > 0 ? 1 : 0))];
      if (gate !== undefined) take(gate);
      // While something else could happen, little time passes: what is waited for seldom takes too long.
      else if (open.length > 0) jest.advanceTimersByTime(LITTLE_MS);
      else jest.advanceTimersToNextTimer();
    },
    openAll(name: string): void {
      for (const gate of gates.filter((one) => one.name === name)) take(gate);
    },
  };
}

export type Stepper = ReturnType<typeof createStepper>;
