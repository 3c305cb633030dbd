import { keyOfPerson, type PersonKey } from '../../model/person-key';

/** People's writes that wait for the file: what is read of somebody is read after theirs. */
export class PendingWrites {
  private readonly byPerson = new Map<string, Promise<unknown>>();

  /** Resolves when what somebody is having written is there, or failed; undefined where nothing is. */
  of(person: PersonKey): Promise<unknown> | undefined {
    return this.byPerson.size === 0 ? undefined : this.byPerson.get(keyOfPerson(person));
  }

  add(person: PersonKey, written: Promise<unknown>): void {
    const key = keyOfPerson(person);
    const forget = (): void => {
      if (this.byPerson.get(key) === settled) this.byPerson.delete(key);
    };
    const settled = written.then(forget, forget);
    this.byPerson.set(key, settled);
  }
}
