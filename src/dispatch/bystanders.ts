import { keyOfPerson, type PersonKey } from '../model/person-key';
import type { Person } from '../model/turn';

/**
 * What goes to a vendor may hold words of people other than the asker, each by their own consent. Watched from before
 * their consent is read until the answer begins: whoever withdraws meanwhile has their words taken out of what goes.
 */
export interface Bystanders {
  /** Questions that are watched. */
  readonly size: number;
  /** Watches for as long as `ask` takes, or until it ends the watch itself. */
  watch<Said>(vendor: string, ask: (watch: BystanderWatch) => Promise<Said>): Promise<Said>;
  /** Told of every withdrawal (from every vendor where none is told), before it is acknowledged. */
  withdraw(person: PersonKey, vendor: string | undefined): void;
}

export interface BystanderWatch {
  /** Aborted when one of those who are relied on withdraws; at once where one did since the watch began. */
  readonly signal: AbortSignal;
  relyOn(people: readonly Person[]): void;
  end(): void;
}

interface Watched {
  readonly vendor: string;
  readonly withdrawn: Set<string>;
  readonly reliedOn: Set<string>;
  readonly spoil: () => void;
}

export function createBystanders(): Bystanders {
  const watches = new Set<Watched>();
  return {
    get size() {
      return watches.size;
    },
    async watch(vendor, ask) {
      const controller = new AbortController();
      const watched: Watched = {
        vendor,
        withdrawn: new Set(),
        reliedOn: new Set(),
        spoil: () => controller.abort(),
      };
      const end = (): void => void watches.delete(watched);
      watches.add(watched);
      try {
        return await ask({
          signal: controller.signal,
          relyOn(people) {
            for (const person of people) watched.reliedOn.add(keyOfPerson(person));
            if (people.some((person) => watched.withdrawn.has(keyOfPerson(person)))) watched.spoil();
          },
          end,
        });
      } finally {
        end();
      }
    },
    withdraw(person, vendor) {
      const key = keyOfPerson(person);
      for (const watched of watches) {
        if (vendor !== undefined && vendor !== watched.vendor) continue;
        watched.withdrawn.add(key);
        if (watched.reliedOn.has(key)) watched.spoil();
      }
    },
  };
}
