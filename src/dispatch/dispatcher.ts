import type { TurnInbox, TurnSurface } from '../chat/adapter';
import type { ReplyEnding, ReplyStream } from '../chat/reply';
import type { Turn } from '../chat/turn';
import type { ConsentGate, ConsentHandler, WithdrawalListener } from '../consent/consent';
import type { Log } from '../log/log';
import type { Redaction } from '../redact/redact';
import type { Inspection, Redactor } from '../redact/redactor';
import type { Image } from '../text/image';
import type { Connector, Prompt } from '../vendors/connector';
import type { TurnLimits, TurnRegister } from './admit';
import { type AgreedVendor, agreedVendorOf, answererOf, otherVendors } from './agreed-vendors';
import { type ContextLimits, type ContextMode, readContext } from './context';
import { type FileLimits, readFiles, withImages } from './files';
import { createInFlight, type Flight } from './in-flight';
import { type Outcome, outcomeOf } from './outcome';
import { type Spoken, speak } from './speak';
import { askOrRefuse, informOfNotice, refuse, refuseValues, tell, tellReplaced } from './tell';
import { createTurnQueue } from './turn-queue';

export interface DispatcherParts {
  readonly register: TurnRegister;
  readonly gate: ConsentGate;
  readonly consent: Pick<ConsentHandler, 'noticeShown'>;
  /** By vendor name. */
  readonly connectors: ReadonlyMap<string, Connector>;
  /** Vendors to ask, in this order, where the one in effect cannot answer and the asker agreed to them. */
  readonly fallback: readonly string[];
  /** What goes to a vendor with a question of this conversation: the system instructions, and a model of its list. */
  briefing(turn: Turn, vendor: string): Pick<Prompt, 'instructions' | 'model'>;
  readonly context: ContextMode;
  readonly contextLimits: ContextLimits;
  readonly fileLimits: FileLimits;
  readonly redactor: Redactor;
  readonly turnLimits: TurnLimits;
  /** Turns answered at once, and turns that may wait for it. */
  readonly concurrency: { readonly running: number; readonly waiting: number };
  readonly questionCharacters: number;
  readonly answerCharacters: number;
  /** Hosts that an answer may link to. */
  readonly linkHosts: readonly string[];
  readonly log: Log;
  readonly now: () => number;
}

export interface Dispatcher extends TurnInbox {
  /** Ends the person's answers from the vendor (from all, where none is told) before it returns. */
  readonly withdraw: WithdrawalListener;
  /** Takes no more turns, lets those in flight finish for `graceMs`, then interrupts them. */
  drain(graceMs: number): Promise<void>;
}

/** A question that may go, and where its answer goes. */
interface Sending {
  readonly turn: Turn;
  readonly surface: TurnSurface;
  readonly flight: Flight;
  readonly inspection: Extract<Inspection, { kind: 'may-go' }>;
  readonly images: readonly Image[];
  readonly reply: ReplyStream;
}

/** The way of a question through dejiren: admit, consent, context, redact, connector, sanitise, reply. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { gate, log, now } = parts;
  const inFlight = createInFlight();
  const queue = createTurnQueue(parts.concurrency);
  let draining = false;

  async function answer(turn: Turn, surface: TurnSurface, flight: Flight): Promise<Outcome> {
    const { person, question } = turn;
    const conversation = turn.conversation.id;

    // admit: once, and within the limits
    const admission = await parts.register.admit(turn, parts.turnLimits, now());
    if (admission === 'duplicate') return { kind: 'duplicate' };
    if (admission !== 'admitted') return refuse(turn, surface, admission);
    if (question.text.length > parts.questionCharacters) return refuse(turn, surface, 'question-too-long');

    // consent: may it go?
    const verdict = await gate.check(person, undefined, conversation);
    flight.vendor = verdict.vendor;
    if (verdict.decision.kind !== 'allow') return askOrRefuse(turn, surface, verdict, parts.consent);
    let vendor = agreedVendorOf(verdict, parts.connectors);
    if (vendor === undefined) return refuse(turn, surface, 'denied-notice');

    // files: what did they attach?
    const { imageTypes = [] } = vendor.connector;
    const files = await readFiles({ turn, surface, imageTypes, limits: parts.fileLimits, signal: flight.signal });
    const broken = flight.cause();
    if (broken !== undefined) return { kind: broken };
    if (files.kind === 'refused') return refuse(turn, surface, files.problem);

    // redact: what must not go?
    const inspection = await parts.redactor.inspect(files.question, person.tenant, flight.signal);
    const cut = flight.cause();
    if (cut !== undefined) return { kind: cut };
    if (inspection.kind === 'unavailable') return refuse(turn, surface, 'redaction-unavailable');
    if (inspection.kind === 'blocked') return refuseValues(turn, surface, inspection.counts, log);

    const answering = { vendor };
    const reply = surface.openReply({
      answerer: () => answererOf(answering.vendor),
      signal: flight.signal,
      mayPost: async () =>
        !flight.signal.aborted &&
        (await gate.check(person, answering.vendor.name, conversation)).decision.kind === 'allow',
      onFirstVisible: () => log.debug('first-words-visible', { durationMs: now() - turn.receivedAt }),
    });
    const others = otherVendors({ ...parts, turn, images: files.images, first: vendor.name });
    const sending = { turn, surface, flight, inspection, images: files.images, reply };
    let said = await converse(sending, vendor);
    while (said.givesWay !== undefined) {
      // Until it is known who is asked next, any withdrawal ends the answer.
      flight.vendor = undefined;
      const next = (await others.next()).value;
      flight.vendor = (next ?? vendor).name;
      if (next === undefined || flight.signal.aborted) break;
      log.warn('vendor-gave-way', { vendor: next.name, code: said.givesWay });
      vendor = next;
      answering.vendor = next;
      said = await converse(sending, next);
    }
    const cause = flight.cause();
    const ending: ReplyEnding = cause === undefined ? said.ending : { kind: cause };
    const delivery = await reply.end(ending);

    if (!delivery.delivered) log.warn('reply-not-delivered', { platform: person.platform, code: delivery.code });
    if (vendor.inform) await informOfNotice(turn, surface, vendor.notice, parts.consent);
    if (said.redaction !== undefined) await tellReplaced(turn, surface, said.redaction.counts, log);
    return outcomeOf(ending, vendor.name);
  }

  async function converse(
    { turn, surface, flight, inspection, images, reply }: Sending,
    vendor: AgreedVendor,
  ): Promise<Spoken & { readonly redaction?: Redaction }> {
    const { signal } = flight;
    const { connector, pseudonyms } = vendor;
    const { asker, safetyId } = pseudonyms;

    // context: what else goes?
    const { context: mode, contextLimits: limits } = parts;
    const context = await readContext({ turn, surface, mode, vendor: vendor.name, gate, asker, limits, signal });

    // redact: what of all that must not go?
    const redaction = await inspection.redact(context, { direct: turn.conversation.kind === 'direct' }, signal);
    if (redaction === undefined)
      return { ending: { kind: 'failed', problem: 'redaction-unavailable' }, givesWay: undefined };
    const messages = withImages(redaction.messages, images);

    // connector → sanitise → reply
    const deltas = connector.stream({ ...parts.briefing(turn, vendor.name), messages, safetyId }, signal);
    const restorer = connector.showsPrompt ? undefined : redaction.restore();
    const spoken = await speak({ deltas, restorer, reply, turn, flight, limits: parts, log });
    return { ...spoken, redaction };
  }

  async function run(turn: Turn, surface: TurnSurface, flight: Flight): Promise<void> {
    try {
      const outcome = await answer(turn, surface, flight);
      log.info('turn-ended', {
        code: 'problem' in outcome ? outcome.problem : outcome.kind,
        platform: turn.person.platform,
        durationMs: now() - turn.receivedAt,
        ...(flight.vendor !== undefined && { vendor: flight.vendor }),
      });
    } catch (error) {
      log.error('turn-broke', { errorClass: error instanceof Error ? error.name : typeof error });
      await tell(turn, surface, 'unknown');
    } finally {
      flight.land();
    }
  }

  return {
    receive(turn, surface) {
      const flight = inFlight.take(turn);
      if (!draining && queue.add(() => run(turn, surface, flight))) return;
      flight.land();
      log.warn('turn-refused', { code: draining ? 'draining' : 'queue-full', platform: turn.person.platform });
      void tell(turn, surface, 'overloaded-here');
    },
    stop: (person, conversation, thread) => inFlight.stop(person, conversation, thread),
    withdraw: (person, vendor) => inFlight.withdraw(person, vendor),
    async drain(graceMs) {
      draining = true;
      await inFlight.landed(AbortSignal.timeout(graceMs));
      inFlight.interruptAll();
      await inFlight.landed(AbortSignal.timeout(5_000));
    },
  };
}
