import type { ConsentGate, ConsentHandler, WithdrawalListener } from '../consent/consent';
import { errorFields } from '../log/error-fields';
import type { Log } from '../log/log';
import { unfailing } from '../log/unfailing';
import type { TurnInbox, TurnSurface } from '../model/adapter';
import type { Image } from '../model/image';
import type { Problem, ProblemDetails } from '../model/problem';
import type { ReplyEnding, ReplyOutcome, ReplyStream } from '../model/reply';
import type { Turn } from '../model/turn';
import type { Inspection, Redactor } from '../redact/redactor';
import type { SanitiserOptions } from '../sanitise/sanitise';
import type { Connector, Prompt } from '../vendors/connector';
import { type Admission, inputOf, type TurnLimits, type TurnRegister } from './admit';
import { type AgreedVendor, agreedVendorOf, answererOf, otherVendors } from './agreed-vendors';
import { askAround } from './ask-around';
import { type BystanderWatch, createBystanders } from './bystanders';
import { type ContextLimits, type ContextMode, readContext } from './context';
import { type FileLimits, readFiles, withImages } from './files';
import { brokenOff, createInFlight, type Flight } from './in-flight';
import { type Outcome, outcomeOf } from './outcome';
import { type Spoken, speak } from './speak';
import { allAgree, mayGoOn } from './still-agreed';
import {
  askOrRefuse,
  informOfNotice,
  meetDuplicate,
  refuse,
  refuseValues,
  type Stayed,
  tell,
  tellStayed,
} from './tell';
import { createTurnQueue } from './turn-queue';
import { createUnreadThreads } from './unread-threads';

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
  /** Milliseconds after which no other vendor is asked in place of one that cannot answer. */
  readonly patienceMs: number;
  readonly questionCharacters: number;
  readonly answerCharacters: number;
  readonly links: SanitiserOptions['links'];
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

type Said = Omit<Spoken, 'begun'> & { readonly stayed?: Stayed };

/** A thread in which people keep withdrawing goes along no more. */
const CONTEXT_TRIES = 3;

/** The way of a question through dejiren: admit, consent, context, redact, connector, sanitise, reply. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { gate, now } = parts;
  const log = unfailing(parts.log);
  const inFlight = createInFlight();
  const bystanders = createBystanders();
  const unreadThreads = createUnreadThreads();
  const queue = createTurnQueue(parts.concurrency);
  let draining = false;

  async function answer(turn: Turn, surface: TurnSurface, flight: Flight): Promise<Outcome> {
    const { person, question } = turn;
    const conversation = turn.conversation.id;

    // admit: once, and within the limits
    const admission = await admit(turn);
    if (admission === 'duplicate') return meetDuplicate(turn, surface);
    if (admission === 'unavailable') return refuse(turn, surface, 'ledger-unavailable');
    flight.admitted = true;
    if (admission !== 'admitted') return refuse(turn, surface, admission);
    if (question.text.length > parts.questionCharacters) return refuse(turn, surface, 'question-too-long');

    // consent: may it go?
    const verdict = await gate.check(person, undefined, conversation);
    flight.vendor = verdict.vendor;
    if (verdict.decision.kind !== 'allow') return askOrRefuse(turn, surface, verdict, parts.consent);
    const vendor = agreedVendorOf(verdict, parts.connectors);
    if (vendor === undefined) return refuse(turn, surface, 'denied-notice');
    surface.sign.show();

    // files: what did they attach?
    const { imageTypes = [] } = vendor.connector;
    const files = await readFiles({ turn, surface, imageTypes, limits: parts.fileLimits, signal: flight.signal });
    const broken = brokenOff(flight);
    if (broken !== undefined) return outcomeOf(broken, vendor.name);
    if (files.kind === 'refused') return refuse(turn, surface, files.problem);

    // redact: what must not go?
    const inspection = await parts.redactor.inspect(files.question, person.tenant, flight.signal);
    const cut = brokenOff(flight);
    if (cut !== undefined) return outcomeOf(cut, vendor.name);
    if (inspection.kind === 'unavailable') return refuse(turn, surface, 'redaction-unavailable');
    if (inspection.kind === 'blocked') return refuseValues(turn, surface, inspection.counts, log);

    const asked = { vendor };
    const reply = surface.openReply({
      answerer: () => answererOf(asked.vendor),
      signal: flight.signal,
      mayPost: () => mayGoOn(flight, gate, asked.vendor.name),
      brokenOff: () => brokenOff(flight),
      errorId: flight.errorId,
      onFirstVisible: () => log.debug('first-words-visible', { durationMs: now() - turn.receivedAt }),
    });
    // A reply that is open is ended, whatever happens.
    const sending = { turn, surface, flight, inspection, images: files.images, reply };
    const said = await askAround({
      asked,
      others: otherVendors({ ...parts, turn, images: files.images, first: vendor.name }),
      converse: (one) => converse(sending, one),
      flight,
      patienceMs: parts.patienceMs,
      now,
      log,
    }).catch((error: unknown) => brokeOff(error, flight));
    const delivery = await reply.end(endingOf(said, flight)).catch(replyBroke);
    const ending = endingOf(said, flight);

    if (!delivery.delivered) log.warn('reply-not-delivered', { platform: person.platform, code: delivery.code });
    if (flight.cause() !== 'withdrawn') await tellMore(sending, asked.vendor, said);
    const outcome = outcomeOf(ending, asked.vendor.name);
    const isLost = !delivery.delivered && outcome.kind === 'answered';
    return isLost ? { kind: 'failed', problem: 'not-shown' } : outcome;
  }

  /** `unavailable`: the store cannot be read or written. Its next delivery is taken, where there is one. */
  async function admit(turn: Turn): Promise<Admission | 'unavailable'> {
    try {
      return await parts.register.admit(turn, parts.turnLimits, now());
    } catch (error) {
      const fields = errorFields(error);
      log.error('turn-not-taken', { code: fields.errorCode ?? 'unknown', ...fields });
      return 'unavailable';
    }
  }

  function brokeOff(error: unknown, { errorId }: Flight): Said {
    log.error('answer-broke', { ...errorFields(error), errorId: errorId() });
    return unsaid({ kind: 'failed', problem: 'unknown', errorId: errorId() });
  }

  function replyBroke(error: unknown): ReplyOutcome {
    log.error('reply-broke', { ...errorFields(error) });
    return { delivered: false, code: 'broke' };
  }

  /** What stands beside an answer. The answer stays what it is where this fails. */
  async function tellMore({ turn, surface }: Sending, vendor: AgreedVendor, said: Said): Promise<void> {
    try {
      if (vendor.inform) await informOfNotice(turn, surface, vendor.notice, parts.consent);
      if (said.stayed !== undefined) await tellStayed(turn, surface, said.stayed, log);
    } catch (error) {
      log.error('turn-broke', { ...errorFields(error) });
    }
  }

  /** Asks a vendor, anew where somebody withdrew whose words were about to go along. */
  async function converse(sending: Sending, vendor: AgreedVendor): Promise<Said> {
    for (let tries = 1; ; tries += 1) {
      const mode = tries > CONTEXT_TRIES ? 'none' : parts.context;
      const said = await bystanders.watch(vendor.name, (watch) => ask(sending, vendor, mode, watch));
      if (said !== 'spoiled') return said;
    }
  }

  async function ask(
    { turn, surface, flight, inspection, images, reply }: Sending,
    { connector, name, pseudonyms }: AgreedVendor,
    mode: ContextMode,
    watch: BystanderWatch,
  ): Promise<Said | 'spoiled'> {
    const { asker, safetyId } = pseudonyms;
    const { signal } = flight;

    // context: what else goes?
    const { contextLimits: limits } = parts;
    const context = await readContext({ turn, surface, mode, vendor: name, gate, asker, limits, signal });
    watch.relyOn(context.restsOn);

    // redact: what of all that must not go?
    const redaction = await inspection.redact(context, { direct: turn.conversation.kind === 'direct' }, signal);
    if (redaction === undefined) return unsaid({ kind: 'failed', problem: 'redaction-unavailable' });
    const messages = withImages(redaction.messages, images);

    // consent, once more: may it still go?
    const mayAsk = async (): Promise<boolean> => {
      const [may, all] = await Promise.all([
        mayGoOn(flight, gate, name),
        allAgree(context.restsOn, gate, name, turn.conversation.id),
      ]);
      return may && all;
    };
    const may = await mayAsk();
    const broken = brokenOff(flight);
    if (broken !== undefined) return unsaid(broken);
    if (!may || watch.signal.aborted) return 'spoiled';

    // connector → sanitise → reply
    const until = context.restsOn.length === 0 ? signal : AbortSignal.any([signal, watch.signal]);
    const deltas = connector.stream({ ...parts.briefing(turn, name), messages, safetyId }, until, mayAsk);
    const restorer = connector.showsPrompt ? undefined : redaction.restore();
    const { dialect } = surface;
    const question = turn.question.text;
    const spoken = await speak({
      deltas,
      restorer,
      reply,
      dialect,
      flight,
      onBegun: watch.end,
      question,
      limits: parts,
      log,
    });
    const spoiled = !spoken.begun && watch.signal.aborted && !signal.aborted;
    if (spoiled) return 'spoiled';
    const { forwardsLeftOut, unread } = context;
    return { ...spoken, stayed: { counts: redaction.counts, forwardsLeftOut, unread: unreadThreads(turn, unread) } };
  }

  async function run(turn: Turn, surface: TurnSurface, flight: Flight): Promise<void> {
    const outcome = await answer(turn, surface, flight).catch(async (error: unknown): Promise<Outcome> => {
      const errorId = flight.errorId();
      log.error('turn-broke', { ...errorFields(error), errorId });
      await tellIfPossible(turn, surface, 'unknown', { errorId });
      return { kind: 'failed', problem: 'unknown' };
    });
    try {
      // Until here it counts as being answered: where this process dies, its next delivery is.
      if (flight.admitted) await parts.register.settle(inputOf(turn), 'done');
    } catch (error) {
      log.error('turn-broke', { ...errorFields(error) });
    } finally {
      // A sign that is taken away late holds up nobody but a shutdown.
      void surface.sign.hide().finally(flight.land);
    }
    const code = 'problem' in outcome ? outcome.problem : outcome.kind;
    log.info('turn-ended', {
      code,
      ...(code === 'unknown' && { errorId: flight.errorId() }),
      platform: turn.person.platform,
      durationMs: now() - turn.receivedAt,
      ...(flight.vendor !== undefined && { vendor: flight.vendor }),
    });
  }

  async function tellIfPossible(
    turn: Turn,
    surface: TurnSurface,
    problem: Problem,
    details?: ProblemDetails,
  ): Promise<void> {
    try {
      await tell(turn, surface, problem, details);
    } catch (error) {
      log.error('not-told', { ...errorFields(error) });
    }
  }

  return {
    receive(turn, surface) {
      const flight = inFlight.take(turn);
      if (!draining && queue.add(() => run(turn, surface, flight))) return;
      flight.land();
      log.warn('turn-refused', { code: draining ? 'draining' : 'queue-full', platform: turn.person.platform });
      void tellIfPossible(turn, surface, 'overloaded-here');
    },
    stop: (person, conversation, thread) => inFlight.stop(person, conversation, thread),
    stopIn: (conversation, message) => inFlight.stopIn(conversation, message),
    withdraw(person, vendor) {
      inFlight.withdraw(person, vendor);
      bystanders.withdraw(person, vendor);
    },
    async drain(graceMs) {
      draining = true;
      await inFlight.landed(AbortSignal.timeout(graceMs));
      inFlight.interruptAll();
      await inFlight.landed(AbortSignal.timeout(5_000));
    },
  };
}

/** How it ends where no vendor said anything. */
function unsaid(ending: ReplyEnding): Said {
  return { ending, givesWay: undefined };
}

/** What the vendor took back stays so, whoever broke off. */
function endingOf({ ending }: Said, flight: Flight): ReplyEnding {
  return ending.kind === 'retracted' ? ending : (brokenOff(flight) ?? ending);
}
