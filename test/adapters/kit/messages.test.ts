import { type AddressedMessage, takeMessage } from '../../../adapters/kit/messages';
import { requestOf } from '../../../adapters/kit/request';
import type { ConsentHandler, ConsentView } from '../../../src/consent/consent';
import type { Stopped, TurnSurface } from '../../../src/model/adapter';
import { MARKDOWN } from '../../../src/model/dialect';
import { openText } from '../../../src/model/text';
import type { Turn } from '../../../src/model/turn';
import { quietLog } from '../../support/consent';
import { aRegister } from '../../support/inputs';
import { noSign } from '../../support/sign';
import { aTurn } from '../../support/turns';

type Wish = Omit<Parameters<typeof aTurn>[0] & object, 'files'> & {
  readonly edit?: AddressedMessage['edit'];
  readonly aside?: boolean;
  readonly file?: boolean;
  readonly along?: Pick<Turn, 'forwarded' | 'leftOut'>;
  readonly emptyEdit?: 'help' | 'nothing';
  readonly isShown?: boolean;
  readonly view?: ConsentView;
  readonly stopMeets?: Stopped;
};

/** Takes a message so many times, and tells what came of it. */
async function taken(wish: Wish, times = 1): Promise<readonly string[]> {
  const came: string[] = [];
  const files = wish.file === true ? [{ id: 'F1', mediaType: 'image/png', size: 1 }] : [];
  const turn: Turn = { ...aTurn({ ...wish, files }), ...wish.along };
  const surface: TurnSurface = {
    dialect: MARKDOWN,
    readsAgain: true,
    sign: noSign,
    openReply: () => ({ write() {}, end: async () => ({ delivered: true }) }),
    async tellPrivately({ title, paragraphs }) {
      came.push(`told: ${title || paragraphs[0]}`);
      return wish.isShown ?? true;
    },
    readThread: async () => ({ kind: 'read', messages: [] }),
    readFile: async () => ({ kind: 'unavailable', reason: 'failed' }),
  };
  const consent = {
    async run(_person, words, { input }) {
      came.push(`command: ${openText(words)} as ${input?.id}`);
      return wish.view ?? { kind: 'help', vendors: [] };
    },
  } as Partial<ConsentHandler> as ConsentHandler;
  const parts = {
    inbox: {
      receive: (asked: Turn) => void came.push(asked.edited === true ? 'asked by an edit' : 'asked'),
      stop() {
        came.push('stopped');
        return wish.stopMeets ?? 'stopped';
      },
      stopIn() {},
    },
    inputs: aRegister(),
    consent,
    log: { ...quietLog, warn: (event: string) => void came.push(event) },
    language: 'en',
    now: () => 0,
    emptyEdit: wish.emptyEdit ?? 'nothing',
    startAnew: () => void came.push('began anew'),
  } as const;
  const request = requestOf(turn.question, ['new', 'stop']);
  const message = { turn, surface, request, input: { id: 'i1' }, edit: wish.edit, aside: wish.aside ?? false };
  for (let time = 0; time < times; time += 1) await takeMessage(message, parts);
  return came;
}

const soon = { isLate: false };
const forwarded = { forwarded: [{ author: aTurn().person, names: [], said: aTurn().question }] };

describe('a message that addresses dejiren', () => {
  it.each<[string, Wish, readonly string[]]>([
    ['is asked where it has words', {}, ['asked']],
    ['is asked where it has files alone', { question: '', file: true }, ['asked']],
    ['is asked again where it was edited soon', { edit: soon }, ['asked by an edit']],
    ['is a command where it begins with one', { question: '/dejiren-optin off' }, ['command: off as i1', /told/]],
    ['gets help where it is nothing', { question: '' }, ['command: help as i1', /told/]],
    ['begins anew', { question: '/new' }, ['began anew', /told/]],
    ['stops', { question: 'stop' }, ['stopped']],
    [
      'stops nobody else’s answer',
      { question: 'stop', stopMeets: 'anothers' },
      ['stopped', /Only the person who asked/],
    ],
    ['stops nothing', { question: 'stop', stopMeets: 'nothing' }, ['stopped', /no answer of yours/]],
    ['is a command where it is said aside', { question: 'anything', aside: true }, ['command: anything as i1', /told/]],
  ] as never)('%s', async (_name, wish, expected) => {
    const came = await taken(wish);
    expect(came).toEqual(expected.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))));
  });

  it.each<[string, Wish, RegExp]>([
    ['an edit that comes too late', { edit: { isLate: true } }, /edited|again/iu],
    ['a command by an edit', { question: '/dejiren-optin off', edit: soon }, /edit/iu],
    ['a wish by an edit', { question: 'stop', edit: soon }, /edit/iu],
    ['nothing but a forwarded message', { question: '', along: forwarded }, /question/iu],
    ['nothing but what goes nowhere', { question: '', along: { leftOut: ['attachment'] } }, /word|text|question/iu],
  ])('is answered with a sentence where it is %s, and does nothing', async (_name, wish, sentence) => {
    expect(await taken(wish)).toEqual([expect.stringMatching(sentence)]);
  });

  it('is nothing where an edit left the mention alone, or a wish for help, as the platform has it', async () => {
    expect(await taken({ question: '', edit: soon })).toEqual([]);
    expect(await taken({ question: '', edit: soon, emptyEdit: 'help' })).toContain('command: help as i1');
  });

  it('is refused with a word where nobody can tell who its writer is', async () => {
    expect(await taken({ membership: 'unknown' })).toEqual(['turn-refused', expect.stringContaining('told: ')]);
    expect(await taken({ membership: 'unknown', question: '/dejiren-optin off' })).toContain('command: off as i1');
  });

  it('is done once, and again where it could not be shown or the ledger could not take it', async () => {
    const commands = async (wish: Wish) => (await taken(wish, 2)).filter((one) => one.startsWith('command')).length;
    const question = '/dejiren-optin off';
    expect(await commands({ question })).toBe(1);
    expect(await commands({ question, isShown: false })).toBe(2);
    expect(await commands({ question, view: { kind: 'refused', reason: 'ledger-unavailable' } })).toBe(2);
    expect(await taken({ question: 'stop' }, 2)).toEqual(['stopped']);
    expect(await taken({ edit: soon }, 2)).toEqual(['asked by an edit']);
  });

  it('is told to the dispatcher each time where it is a question: that takes each once', async () => {
    expect(await taken({}, 2)).toEqual(['asked', 'asked']);
  });
});
