import type { Decision, Verdict } from '../../src/consent/consent';
import type { Notice } from '../../src/consent/notice';
import type { Admission } from '../../src/dispatch/admit';
import { createDispatcher, type DispatcherParts } from '../../src/dispatch/dispatcher';
import type { Log, LogFields } from '../../src/log/log';
import type { ThreadMessage, TurnSurface } from '../../src/model/adapter';
import type { Card } from '../../src/model/card';
import { MARKDOWN } from '../../src/model/dialect';
import type { ReplyControl, ReplyEnding } from '../../src/model/reply';
import { openText, type SafeText, sealText } from '../../src/model/text';
import type { Connector, Prompt, StreamPart } from '../../src/vendors/connector';
import { aRegister } from './inputs';
import { aRedactor } from './redaction';
import { noSign } from './sign';
import { until } from './until';

export const notice: Notice = {
  id: 'n1',
  materialId: 'm1',
  vendor: 'openai',
  vendorName: 'OpenAI',
  route: { vendor: 'openai', endpoint: 'api.openai.com', region: 'global', model: 'm', sharesForTraining: false },
  statements: [],
};
export const allowed: Decision = { kind: 'allow', basis: 'consent', inform: false };

/** A chat that writes down what it is shown, and reads as empty. */
function createChat(thread: readonly ThreadMessage[] = []) {
  const cards: Card[] = [];
  const shown: string[] = [];
  const endings: ReplyEnding[] = [];
  let control: ReplyControl | undefined;
  const surface: TurnSurface = {
    dialect: MARKDOWN,
    readsAgain: true,
    sign: noSign,
    openReply(given) {
      control = given;
      return {
        write: (piece: SafeText) => shown.push(openText(piece)),
        end: async (ending) => {
          endings.push(ending);
          return { delivered: true };
        },
      };
    },
    tellPrivately: async (card) => {
      cards.push(card);
      return true;
    },
    readFile: async () => ({ kind: 'unavailable', reason: 'failed' }),
    readThread: async () => ({ kind: 'read', messages: thread }),
  };
  return { surface, cards, shown, endings, control: () => control };
}

/** A vendor whose answer is written by the test. */
function createVendor(script: (prompt: Prompt, signal: AbortSignal) => AsyncIterable<StreamPart>) {
  const prompts: Prompt[] = [];
  const connector: Connector = {
    route: { vendor: 'openai', endpoint: 'api.openai.com', region: 'global', model: 'm', sharesForTraining: false },
    stream(prompt, signal) {
      prompts.push(prompt);
      return script(prompt, signal);
    },
  };
  return { connector, prompts };
}

export async function* answering(...deltas: string[]): AsyncGenerator<StreamPart> {
  for (const delta of deltas) yield { type: 'delta', text: sealText(delta) };
  yield { type: 'finish', reason: 'complete' };
}

/** The dispatcher with a chat and a vendor, everything else at a plain default. */
export function createBench(
  wish: {
    decide?: () => Decision;
    admission?: Admission;
    script?: (prompt: Prompt, signal: AbortSignal) => AsyncIterable<StreamPart>;
    parts?: Partial<DispatcherParts>;
    thread?: readonly ThreadMessage[];
    /** Told what is logged as an error. */
    error?: (event: string, fields?: LogFields) => void;
    now?: () => number;
  } = {},
) {
  const chat = createChat(wish.thread);
  const vendor = createVendor(wish.script ?? (() => answering('Hello', ' there.')));
  const notices: string[] = [];
  const ended: LogFields[] = [];
  const logged: { readonly level: keyof Log; readonly event: string; readonly fields: LogFields | undefined }[] = [];
  const at =
    (level: keyof Log): Log[keyof Log] =>
    (event, fields) => {
      logged.push({ level, event, fields });
      if (event === 'turn-ended') ended.push(fields ?? {});
      if (level === 'error') wish.error?.(event, fields);
    };
  const dispatcher = createDispatcher({
    register: aRegister(() => wish.admission ?? 'admitted'),
    gate: {
      vendorInEffect: async () => 'openai',
      check: async (): Promise<Verdict> => {
        const decision = wish.decide?.() ?? allowed;
        const pseudonyms = decision.kind === 'allow' ? { asker: 'p1', safetyId: 's1' } : undefined;
        return { decision, vendor: 'openai', notice, pseudonyms, silence: 'asks-again' };
      },
    },
    consent: {
      noticeShown: async (_person, shown) => {
        notices.push(shown.id);
      },
    },
    connectors: new Map([['openai', vendor.connector]]),
    fallback: [],
    briefing: () => ({ instructions: sealText('Be brief.') }),
    context: 'own',
    contextLimits: { messages: 20, characters: 24_000 },
    redactor: aRedactor(),
    fileLimits: { files: 3, fileBytes: 1_000, fileCharacters: 500 },
    turnLimits: { personPerHour: 10, tenantPerHour: 10 },
    concurrency: { running: 8, waiting: 8 },
    patienceMs: 600_000,
    questionCharacters: 1_000,
    answerCharacters: 10_000,
    links: 'visible',
    linkHosts: [],
    log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
    now: wish.now ?? (() => 0),
    ...wish.parts,
  });
  const settled = async (turns = 1): Promise<void> => {
    await until(() => ended.length >= turns);
  };
  const linesOf = (event: string) =>
    logged.filter((line) => line.event === event).map(({ level, fields }) => [level, fields]);
  return { dispatcher, chat, vendor, notices, ended, settled, linesOf };
}
