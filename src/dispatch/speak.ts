import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import type { Dialect } from '../model/dialect';
import { type ReplyEnding, type ReplyStream, withoutWords } from '../model/reply';
import type { SafeText, Text } from '../model/text';
import type { Restorer } from '../redact/restore';
import { createSanitiser, type SanitiserOptions } from '../sanitise/sanitise';
import type { StreamPart } from '../vendors/connector';
import { VendorError, type VendorErrorCategory } from '../vendors/kit/vendor-error';
import { brokenOff, type Flight } from './in-flight';
import { givesWay as mayGiveWay, PROBLEM_OF_VENDOR_ERROR } from './problems';

export interface Speech {
  readonly deltas: AsyncIterable<StreamPart>;
  /** Undefined where placeholders stay. */
  readonly restorer: Restorer | undefined;
  readonly reply: Pick<ReplyStream, 'write'>;
  /** Of the platform that the answer goes to. */
  readonly dialect: Dialect;
  readonly flight: Flight;
  /** Told once, when the vendor began to answer. */
  readonly onBegun: () => void;
  /** What is answered: its addresses may come back as they are. */
  readonly question: Text;
  readonly limits: Pick<SanitiserOptions, 'links' | 'linkHosts'> & { readonly answerCharacters: number };
  readonly log: Log;
}

export interface Spoken {
  readonly ending: ReplyEnding;
  /** Whether a part of the answer came. */
  readonly begun: boolean;
  /** The vendor could not answer and nothing was written: why another may be asked. */
  readonly givesWay: VendorErrorCategory | undefined;
}

/**
 * Carries a vendor's deltas into the reply, placeholders restored and live syntax made inert, and tells how it
 * ended. Leaving the loop early closes the vendor's socket. Never rejects.
 */
export async function speak({
  deltas,
  restorer,
  reply,
  dialect,
  flight,
  onBegun,
  question,
  limits,
  log,
}: Speech): Promise<Spoken> {
  const sanitiser = createSanitiser({ dialect, question, links: limits.links, linkHosts: limits.linkHosts });
  let hasWords = false;
  /** What is blank before the first word: it is shown with it, or not at all. */
  let blank: SafeText[] = [];
  const show = (safe: SafeText): void => {
    if (safe.length === 0) return;
    if (!hasWords && safe.isBlank) {
      blank.push(safe);
      return;
    }
    hasWords = true;
    for (const before of blank) reply.write(before);
    blank = [];
    reply.write(safe);
  };
  const write = (piece: Text): void => show(sanitiser.push(piece));

  let ending: ReplyEnding = { kind: 'failed', problem: 'vendor-network' };
  let characters = 0;
  let begun = false;
  let givesWay: VendorErrorCategory | undefined;
  const oddities = new Map<string, number>();
  try {
    for await (const part of deltas) {
      if (flight.signal.aborted) break;
      if (part.type === 'life') {
        if (part.oddity !== undefined) oddities.set(part.oddity, (oddities.get(part.oddity) ?? 0) + 1);
        continue;
      }
      if (!begun) onBegun();
      begun = true;
      if (part.type === 'finish') {
        ending = { kind: part.reason };
        break;
      }
      write(restorer === undefined ? part.text : restorer.push(part.text));
      characters += part.text.length;
      if (characters > limits.answerCharacters) {
        ending = { kind: 'cut' };
        break;
      }
    }
  } catch (error) {
    ending = endingOfFailure(error, flight, log);
    if (error instanceof VendorError && characters === 0 && mayGiveWay(error)) givesWay = error.category;
  }
  for (const [code, count] of oddities)
    log.info('vendor-not-understood', { code, count, ...(flight.vendor !== undefined && { vendor: flight.vendor }) });

  if (ending.kind === 'retracted') return { ending, begun, givesWay };
  const broken = brokenOff(flight);
  if (broken !== undefined) return { ending: broken, begun, givesWay: undefined };
  if (restorer !== undefined) write(restorer.flush());
  show(sanitiser.flush());
  return { ending: hasWords ? ending : withoutWords(ending), begun, givesWay };
}

function endingOfFailure(error: unknown, { vendor, errorId }: Flight, log: Log): ReplyEnding {
  if (!(error instanceof VendorError)) {
    log.error('answer-broke', { ...errorFields(error), errorId: errorId() });
    return { kind: 'failed', problem: 'unknown', errorId: errorId() };
  }
  const { category, status, requestId, retryAfterMs, vendorCode } = error;
  const told = category === 'unknown' ? { errorId: errorId() } : {};
  if (category !== 'cancelled')
    log.warn('vendor-failed', {
      code: category,
      ...(vendor !== undefined && { vendor }),
      ...(status !== undefined && { status }),
      ...(requestId !== undefined && { requestId }),
      ...(vendorCode !== undefined && { vendorCode }),
      ...told,
    });
  if (category === 'blocked-output') return { kind: 'retracted' };
  const problem = PROBLEM_OF_VENDOR_ERROR[category];
  return { kind: 'failed', problem, ...told, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
