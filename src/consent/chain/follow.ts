import { type RowContent, rowAfter } from './append';
import { BrokenLedger } from './fault';
import { EMPTY, type LedgerHead, type LedgerRow } from './row';
import { headFaultOf, isSealed, type SealedHead, type SealedPerson, type Seals } from './seals';
import { followRows, meetsHead, type ReadRow } from './verify';

/**
 * A chain as this process has followed it, row by row from the first. What is remembered of it nobody can change where
 * it is stored: where the chain stands, and which row about a person is the newest. So whoever puts an older copy of
 * somebody's standing back, seal and all, is found out when it is read. Some 100 bytes a person are kept in memory.
 */
export class FollowedChain {
  private readonly seals: Seals;
  private readonly newest = new Map<string, number>();
  private known: LedgerHead = EMPTY;
  private appended: LedgerRow[] = [];

  constructor(seals: Seals) {
    this.seals = seals;
  }

  /** Where the chain stood when it was followed last. */
  get head(): LedgerHead {
    return this.known;
  }

  /** How many people the rows tell of who were not erased. */
  get people(): number {
    return this.newest.size;
  }

  /** Whether a stored head is the one that was followed to. */
  isAt(head: { readonly seq: unknown; readonly hash: unknown }): boolean {
    return head.seq === this.known.seq && head.hash === this.known.hash;
  }

  /**
   * Follows what another process appended: the rows after {@link head}, up to the head that is stored at the same
   * moment. Throws a `BrokenLedger` where that does not follow from what was known, or was not sealed by this
   * installation.
   */
  follow(rows: Iterable<ReadRow>, stored: SealedHead | undefined): void {
    const followed = meetsHead(
      followRows(rows, this.known, (row) => this.remember(row)),
      stored,
    );
    if (!followed.intact) throw new BrokenLedger(followed.code, followed.seq);
    const code = headFaultOf(stored, this.seals);
    if (code !== undefined) throw new BrokenLedger(code, this.known.seq);
  }

  /** Gives a row its place after those before it. It counts once it is {@link committed}. */
  append(content: RowContent): LedgerRow {
    const row = rowAfter(this.appended.at(-1) ?? this.known, content);
    this.appended.push(row);
    return row;
  }

  /** Remembers what was appended. */
  committed(): void {
    for (const row of this.appended) this.remember(row);
    this.appended = [];
  }

  rolledBack(): void {
    this.appended = [];
  }

  /**
   * Believes what is stored of somebody only with the seal that this installation put on all of it together, and only
   * where the newest row that it follows from is the newest in the chain. Throws a `BrokenLedger` otherwise.
   */
  believe(person: SealedPerson): void {
    const { subject, seq } = person;
    if (!isSealed(person, this.seals))
      throw new BrokenLedger(this.seals.opens(person) ? 'state-differs' : 'subject-changed', seq);
    const newest = this.newest.get(subject) ?? 0;
    if (newest !== seq) throw new BrokenLedger(newest === 0 ? 'subject-returned' : 'state-differs', newest || seq);
  }

  /** Throws a `BrokenLedger` where people were taken out: they would come back as somebody who never withdrew. */
  believeCount(people: number): void {
    if (people !== this.people) throw new BrokenLedger('subject-missing', this.known.seq);
  }

  private remember({ seq, hash, subject, event }: LedgerRow): void {
    if (event === 'erased') this.newest.delete(subject);
    else this.newest.set(subject, seq);
    this.known = { seq, hash };
  }
}
