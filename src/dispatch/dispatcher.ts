import type { TurnInbox, TurnSurface } from '../chat/adapter';
import type { Turn } from '../chat/turn';
import type { ConsentGate, ConsentHandler, WithdrawalListener } from '../consent/consent';
import type { Log } from '../log/log';
import type { Text } from '../text/text';
import type { Connector } from '../vendors/connector';
import type { TurnLimits, TurnRegister } from './admit';
import { type ContextLimits, type ContextMode, readContext } from './context';
import { createInFlight, type Flight } from './in-flight';
import { type Outcome, outcomeOf } from './outcome';
import { redact } from './redact';
import { speak } from './speak';
import { askOrRefuse, informOfNotice, refuse, tell } from './tell';
import { createTurnQueue } from './turn-queue';

export interface DispatcherParts {
  readonly register: TurnRegister;
  readonly gate: ConsentGate;
  readonly consent: Pick<ConsentHandler, 'noticeShown'>;
  /** By vendor name. */
  readonly connectors: ReadonlyMap<string, Connector>;
  /** The system instructions that go to the vendor with each question. */
  readonly instructions: Text;
  readonly context: ContextMode;
  readonly contextLimits: ContextLimits;
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
    const { vendor } = verdict;
    flight.vendor = vendor;
    if (verdict.decision.kind !== 'allow') return askOrRefuse(turn, surface, verdict, parts.consent);
    const { notice, pseudonyms } = verdict;
    const connector = parts.connectors.get(vendor);
    if (connector === undefined || notice === undefined || pseudonyms === undefined)
      return refuse(turn, surface, 'denied-notice');
    const { asker, safetyId } = pseudonyms;

    // context: what else goes?
    const { context: mode, contextLimits: limits } = parts;
    const { signal } = flight;
    const context = await readContext({ turn, surface, mode, vendor, gate, asker, limits, signal });

    // redact: what must not go?
    const redaction = redact(question, context, { direct: turn.conversation.kind === 'direct' });
    const { messages } = redaction;

    // connector → sanitise → reply
    const broken = flight.cause();
    if (broken !== undefined) return { kind: broken };
    const { region, model } = connector.route;
    const reply = surface.openReply({
      answerer: { vendor: notice.vendorName, region, model, noticeId: notice.id, asker },
      signal,
      mayPost: async () =>
        !signal.aborted && (await gate.check(person, vendor, conversation)).decision.kind === 'allow',
      onFirstVisible: () => log.debug('first-words-visible', { durationMs: now() - turn.receivedAt }),
    });
    const deltas = connector.stream({ instructions: parts.instructions, messages, safetyId }, signal);
    const restorer = connector.showsPrompt ? undefined : redaction.restore();
    const ending = await speak({ deltas, restorer, reply, turn, flight, limits: parts, log });
    const delivery = await reply.end(ending);

    if (!delivery.delivered) log.warn('reply-not-delivered', { platform: person.platform, code: delivery.code });
    if (verdict.decision.inform) await informOfNotice(turn, surface, notice, parts.consent);
    if (redaction.counts.quotes > 0) await tell(turn, surface, 'quotes-withheld');
    return outcomeOf(ending, vendor);
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
