import fc from 'fast-check';
import { SLACK_DIALECT } from '../../adapters/slack/dialect';
import { createInFlight } from '../../src/dispatch/in-flight';
import { type Speech, speak } from '../../src/dispatch/speak';
import { MARKDOWN } from '../../src/model/dialect';
import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';
import type { StreamPart } from '../../src/vendors/connector';
import { VendorError } from '../../src/vendors/kit/vendor-error';
import { quietLog } from '../support/consent';
import { aTurn } from '../support/turns';
import { answer } from './answers';

const ERROR_ID = /^[2-9a-hjkmnp-z]{6}$/u;

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
    question: turn.question.text,
    limits: { answerCharacters: 1_000_000, links: 'visible', linkHosts: [] },
    log: quietLog,
  });
  expect(ending).toEqual(shown === '' ? { kind: 'failed', problem: 'empty-answer' } : { kind: 'complete' });
  return shown;
}

const delta = (words: string) => ({ type: 'delta', text: sealText(words) }) as const;
const complete = { type: 'finish', reason: 'complete' } as const;

/** Speaks parts as a vendor gave them; an error at its place is thrown, and a function called. */
async function speakOf(
  parts: readonly (StreamPart | Error | (() => void))[],
  more: Partial<Pick<Speech, 'flight' | 'onBegun' | 'log' | 'restorer'>> = {},
) {
  const written: string[] = [];
  let closed = false;
  async function* deltas(): AsyncGenerator<StreamPart> {
    try {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        if (typeof part === 'function') part();
        else yield part;
      }
    } finally {
      closed = true;
    }
  }
  const spoken = await speak({
    deltas: deltas(),
    restorer: undefined,
    reply: {
      write(piece) {
        written.push(openText(piece));
      },
    },
    dialect: SLACK_DIALECT,
    flight: createInFlight().take(aTurn()),
    onBegun() {},
    question: aTurn().question.text,
    limits: { answerCharacters: 1_000, links: 'visible', linkHosts: [] },
    log: quietLog,
    ...more,
  });
  return { ...spoken, written, shown: written.join(''), closed };
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
    const { ending, shown } = await speakOf([{ type: 'life' }, delta('Hi'), { type: 'life' }, complete], {
      onBegun: begun,
    });
    expect(ending).toStrictEqual({ kind: 'complete' });
    expect(begun).toHaveBeenCalledTimes(1);
    expect(shown).toBe('Hi');
  });

  it('begins with the first part of it, not with a sign of life', async () => {
    const begun: number[] = [];
    let part = 0;
    const next = (): void => {
      part += 1;
    };
    const parts = [{ type: 'life' } as const, next, delta('Hi'), next, delta(' there'), next, complete];
    const spoken = await speakOf(parts, { onBegun: () => begun.push(part) });
    expect(begun).toEqual([1]);
    expect(spoken).toMatchObject({ begun: true, givesWay: undefined, closed: true });
    expect((await speakOf([complete])).begun).toBe(true);
    expect((await speakOf([{ type: 'life' }])).begun).toBe(false);
  });

  it('writes nothing that is empty', async () => {
    expect((await speakOf([delta('Hi'), delta(''), delta(' there'), complete])).written).not.toContain('');
  });

  it('ends as the vendor says, and lets it say no more', async () => {
    const spoken = await speakOf([delta('Hi'), { type: 'finish', reason: 'cut' }, delta(' there')]);
    expect(spoken).toMatchObject({ ending: { kind: 'cut' }, shown: 'Hi', closed: true });
  });

  it('has failed where the vendor ends without saying how', async () => {
    const { ending, shown } = await speakOf([delta('So far')]);
    expect([ending, shown]).toStrictEqual([{ kind: 'failed', problem: 'vendor-network' }, 'So far']);
  });

  it('may be as long as the limit, and is cut after it', async () => {
    const whole = await speakOf([delta('x'.repeat(600)), delta('x'.repeat(400)), complete]);
    expect([whole.ending, whole.shown.length]).toStrictEqual([{ kind: 'complete' }, 1_000]);
    const cut = await speakOf([delta('x'.repeat(600)), delta('x'.repeat(401)), delta('more'), complete]);
    expect(cut).toMatchObject({ ending: { kind: 'cut' }, closed: true });
    expect(cut.shown).toMatch(/x$/u);
  });

  it('gives back what stood in the place of a value, also where the answer ends in the midst of one', async () => {
    const restorer = createRestorer(SHOWN);
    expect((await speakOf([delta('Ask @person-1'), complete], { restorer })).shown).toBe('Ask @Ben');
  });

  it('is broken off where the turn is: not a word more, and the vendor is let go', async () => {
    const flight = createInFlight().take(aTurn());
    const breakOff = (): void => flight.breakOff('withdrawn');
    const restorer = createRestorer(SHOWN);
    const spoken = await speakOf([delta('Hi @person-1'), breakOff, delta(' there'), complete], { flight, restorer });
    expect(spoken).toMatchObject({ ending: { kind: 'withdrawn' }, begun: true, givesWay: undefined, closed: true });
    expect('Hi @Ben'.startsWith(spoken.shown)).toBe(true);
  });

  it('is broken off, and nobody asked in its place, where the vendor fails because of that', async () => {
    const flight = createInFlight().take(aTurn());
    const breakOff = (): void => flight.breakOff('stopped');
    const spoken = await speakOf([breakOff, new VendorError('network')], { flight });
    expect(spoken).toMatchObject({ ending: { kind: 'stopped' }, begun: false, givesWay: undefined });
  });

  it('is taken back where the vendor’s filter stopped it, whatever was said', async () => {
    const flight = createInFlight().take(aTurn());
    const breakOff = (): void => flight.breakOff('stopped');
    const spoken = await speakOf([delta('Something'), breakOff, new VendorError('blocked-output')], { flight });
    expect([spoken.ending, spoken.begun, spoken.givesWay]).toStrictEqual([{ kind: 'retracted' }, true, undefined]);
  });

  it('may be another vendor’s to give where this one cannot and nothing was said', async () => {
    const overloaded = new VendorError('overloaded', { retryAfterMs: 2_000 });
    const spoken = await speakOf([{ type: 'life' }, overloaded]);
    expect([spoken.ending, spoken.begun, spoken.givesWay]).toStrictEqual([
      { kind: 'failed', problem: 'vendor-overloaded', retryAfterMs: 2_000 },
      false,
      'overloaded',
    ]);
  });

  it.each<[string, readonly (StreamPart | Error)[]]>([
    ['words came already', [delta('Hi'), new VendorError('overloaded')]],
    ['it is the question that it refuses', [new VendorError('blocked-input')]],
    ['the fault is not the vendor’s', [new RangeError('CANARY')]],
  ])('is no other vendor’s to give where %s', async (_where, parts) => {
    expect((await speakOf(parts)).givesWay).toBeUndefined();
  });

  it.each([
    ['complete', [], 'empty-answer'],
    ['cut', [], 'empty-at-limit'],
    ['complete', ['', ' \n', '\n\n'], 'empty-answer'],
    ['cut', ['\u200b\n'], 'empty-at-limit'],
  ] as const)('is none without a word: %s, %j', async (reason, blanks, problem) => {
    const { ending, shown } = await speakOf([...blanks.map(delta), { type: 'finish', reason }]);
    expect(ending).toStrictEqual({ kind: 'failed', problem });
    expect(shown).toBe('');
  });

  it('failed as it failed, where no word came either', async () => {
    const { ending } = await speakOf([delta('\n'), new VendorError('quota')]);
    expect(ending).toStrictEqual({ kind: 'failed', problem: 'vendor-quota' });
  });

  it('keeps the blanks before its first word', async () => {
    expect((await speakOf([...['\n', '    ', 'code'].map(delta), complete])).shown).toBe('\n    code');
  });

  it.each([
    [undefined, {}],
    ['openai', { vendor: 'openai' }],
  ])('tells the operator what of it was not understood, by kind and number: %s', async (vendor, named) => {
    const log = { ...quietLog, info: jest.fn() };
    const flight = Object.assign(createInFlight().take(aTurn()), { vendor });
    const odd = { type: 'life', oddity: 'not-json' } as const;
    await speakOf([odd, delta('Hi'), { type: 'life' }, odd, complete], { log, flight });
    expect(log.info.mock.calls).toStrictEqual([['vendor-not-understood', { code: 'not-json', count: 2, ...named }]]);
  });

  it('tells the operator all that the vendor told of a failure, and no more', async () => {
    const told = { status: 400, requestId: 'r', vendorCode: 'unsupported_value' };
    for (const [vendor, more, fields] of [
      [undefined, {}, {}],
      ['openai', told, { vendor: 'openai', ...told }],
    ] as const) {
      const log = { ...quietLog, warn: jest.fn() };
      const flight = Object.assign(createInFlight().take(aTurn()), { vendor });
      const { ending } = await speakOf([new VendorError('bad-request', more)], { log, flight });
      expect(log.warn.mock.calls).toStrictEqual([['vendor-failed', { code: 'bad-request', ...fields }]]);
      expect(ending).toStrictEqual({ kind: 'failed', problem: 'vendor-refused' });
    }
  });

  it('tells the operator nothing of a vendor that was only told to stop', async () => {
    const log = { ...quietLog, warn: jest.fn() };
    await speakOf([new VendorError('cancelled')], { log });
    expect(log.warn.mock.calls).toEqual([]);
  });

  it('tells the operator of a fault of no vendor’s by its class', async () => {
    const log = { ...quietLog, error: jest.fn(), warn: jest.fn() };
    const { ending } = await speakOf([new RangeError('CANARY')], { log });
    expect(log.error.mock.calls).toStrictEqual([
      ['answer-broke', { errorClass: 'RangeError', errorId: expect.stringMatching(ERROR_ID) }],
    ]);
    expect(log.warn.mock.calls).toEqual([]);
    expect(ending).toStrictEqual({ kind: 'failed', problem: 'unknown', errorId: log.error.mock.calls[0]?.[1].errorId });
  });

  it('lets nobody’s name do anything', async () => {
    for (const name of SHOWN.keys()) {
      const shown = await spoken(['Ask ', name, ' and ', name.slice(0, 4), name.slice(4), '.'], 'slack');
      expect(shown).not.toMatch(/<!channel|\]\(|(?<!\w)@here/u);
    }
    expect(await spoken(['Ask @person-1.'], 'slack')).toBe('Ask @Ben.');
  });
});
