import fc from 'fast-check';
import { SLACK_DIALECT } from '../../adapters/slack/dialect';
import { createInFlight } from '../../src/dispatch/in-flight';
import { type Speech, speak } from '../../src/dispatch/speak';
import { MARKDOWN } from '../../src/model/dialect';
import type { ReplyEnding } from '../../src/model/reply';
import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';
import type { StreamPart } from '../../src/vendors/connector';
import { VendorError } from '../../src/vendors/kit/vendor-error';
import { quietLog } from '../support/consent';
import { aTurn } from '../support/turns';
import { answer } from './answers';

/** Names as people choose them. */
const SHOWN = new Map([
  ['@person-1', '@Ben'],
  ['@person-2', '@<!channel>'],
  ['@person-3', '@[Ann](https://evil.example/x?d=1)'],
  ['@person-12', '@山田`'],
  ['#channel-1', '#here @here'],
]);

async function spoken(pieces: readonly string[], platform: 'slack' | 'teams'): Promise<string> {
  const turn = aTurn({ platform });
  let shown = '';
  async function* deltas(): AsyncGenerator<StreamPart> {
    for (const piece of pieces) yield { type: 'delta', text: sealText(piece) };
    yield { type: 'finish', reason: 'complete' };
  }
  const { ending } = await speak({
    deltas: deltas(),
    restorer: createRestorer(SHOWN),
    reply: {
      write(piece) {
        shown += openText(piece);
      },
    },
    dialect: platform === 'slack' ? SLACK_DIALECT : MARKDOWN,
    flight: createInFlight().take(turn),
    onBegun() {},
    limits: { answerCharacters: 1_000_000, linkHosts: [] },
    log: quietLog,
  });
  expect(ending).toEqual(shown === '' ? { kind: 'failed', problem: 'empty-answer' } : { kind: 'complete' });
  return shown;
}

/** Speaks parts as a vendor gave them; an error at its place is thrown. */
async function speakOf(
  parts: readonly (StreamPart | VendorError)[],
  more: Partial<Pick<Speech, 'onBegun' | 'log'>> = {},
): Promise<{ readonly ending: ReplyEnding; readonly shown: string }> {
  const turn = aTurn({ platform: 'slack' });
  let shown = '';
  async function* deltas(): AsyncGenerator<StreamPart> {
    for (const part of parts) {
      if (part instanceof VendorError) throw part;
      yield part;
    }
  }
  const { ending } = await speak({
    deltas: deltas(),
    restorer: undefined,
    reply: {
      write(piece) {
        shown += openText(piece);
      },
    },
    dialect: SLACK_DIALECT,
    flight: createInFlight().take(turn),
    onBegun() {},
    limits: { answerCharacters: 1_000, linkHosts: [] },
    log: quietLog,
    ...more,
  });
  return { ending, shown };
}

const words = fc
  .array(fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...SHOWN.keys(), '@person-', '1', '@', ' ') }, answer), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

describe('an answer, restored and made safe', () => {
  it('is the same however the vendor cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(
        words,
        fc.array(fc.nat(300), { maxLength: 20 }),
        fc.constantFrom('slack', 'teams'),
        async (given, cuts, platform) => {
          const marks = [
            0,
            ...cuts.filter((cut) => cut < given.length).sort((one, other) => one - other),
            given.length,
          ];
          const pieces = marks.slice(1).map((mark, index) => given.slice(marks[index], mark));
          const whole = await spoken([given], platform);
          expect(await spoken(pieces, platform)).toBe(whole);
          expect(await spoken([...given].length === given.length ? [...given] : given.split(''), platform)).toBe(whole);
        },
      ),
      { numRuns: 600, seed: 20261125 },
    );
  });

  it('says nothing where the vendor only shows that it is at work', async () => {
    const begun = jest.fn();
    const { ending, shown } = await speakOf(
      [
        { type: 'life' },
        { type: 'delta', text: sealText('Hi') },
        { type: 'life' },
        { type: 'finish', reason: 'complete' },
      ],
      { onBegun: begun },
    );
    expect(ending).toEqual({ kind: 'complete' });
    expect(begun).toHaveBeenCalledTimes(1);
    expect(shown).toBe('Hi');
  });

  it.each([
    ['complete', [], 'empty-answer'],
    ['cut', [], 'empty-at-limit'],
    ['complete', ['', ' \n', '\n\n'], 'empty-answer'],
    ['cut', ['\u200b\n'], 'empty-at-limit'],
  ] as const)('is none without a word: %s, %j', async (reason, blanks, problem) => {
    const { ending, shown } = await speakOf([
      ...blanks.map((words) => ({ type: 'delta', text: sealText(words) }) as const),
      { type: 'finish', reason },
    ]);
    expect(ending).toEqual({ kind: 'failed', problem });
    expect(shown).toBe('');
  });

  it('keeps the blanks before its first word', async () => {
    const parts = ['\n', '    ', 'code'].map((words) => ({ type: 'delta', text: sealText(words) }) as const);
    expect((await speakOf([...parts, { type: 'finish', reason: 'complete' }])).shown).toBe('\n    code');
  });

  it('tells the operator what of it was not understood, by kind and number', async () => {
    const log = { ...quietLog, info: jest.fn() };
    const odd = { type: 'life', oddity: 'not-json' } as const;
    await speakOf([odd, { type: 'delta', text: sealText('Hi') }, odd, { type: 'finish', reason: 'complete' }], { log });
    expect(log.info.mock.calls).toEqual([['vendor-not-understood', { code: 'not-json', count: 2 }]]);
  });

  it('tells the operator the code of a failure', async () => {
    const log = { ...quietLog, warn: jest.fn() };
    const error = new VendorError('bad-request', { status: 400, vendorCode: 'unsupported_value' });
    await speakOf([error], { log });
    expect(log.warn.mock.calls).toEqual([
      ['vendor-failed', { code: 'bad-request', status: 400, vendorCode: 'unsupported_value' }],
    ]);
  });

  it('lets nobody’s name do anything', async () => {
    for (const name of SHOWN.keys()) {
      const shown = await spoken(['Ask ', name, ' and ', name.slice(0, 4), name.slice(4), '.'], 'slack');
      expect(shown).not.toMatch(/<!channel|\]\(|(?<!\w)@here/u);
    }
    expect(await spoken(['Ask @person-1.'], 'slack')).toBe('Ask @Ben.');
  });
});
