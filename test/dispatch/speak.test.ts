import fc from 'fast-check';
import { createInFlight } from '../../src/dispatch/in-flight';
import { speak } from '../../src/dispatch/speak';
import { createRestorer } from '../../src/redact/restore';
import { openText, sealText } from '../../src/text/text';
import type { StreamPart } from '../../src/vendors/connector';
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
    turn,
    flight: createInFlight().take(turn),
    onBegun() {},
    limits: { answerCharacters: 1_000_000, linkHosts: [] },
    log: quietLog,
  });
  expect(ending).toEqual({ kind: 'complete' });
  return shown;
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
    const turn = aTurn({ platform: 'slack' });
    async function* deltas(): AsyncGenerator<StreamPart> {
      yield { type: 'life' };
      expect(begun).not.toHaveBeenCalled();
      yield { type: 'delta', text: sealText('Hi') };
      yield { type: 'life' };
      yield { type: 'finish', reason: 'complete' };
    }
    const write = jest.fn();
    const { ending } = await speak({
      deltas: deltas(),
      restorer: undefined,
      reply: { write },
      turn,
      flight: createInFlight().take(turn),
      onBegun: begun,
      limits: { answerCharacters: 1_000, linkHosts: [] },
      log: quietLog,
    });
    expect(ending).toEqual({ kind: 'complete' });
    expect(begun).toHaveBeenCalledTimes(1);
    expect(write.mock.calls.map(([piece]) => openText(piece)).join('')).toBe('Hi');
  });

  it('lets nobody’s name do anything', async () => {
    for (const name of SHOWN.keys()) {
      const shown = await spoken(['Ask ', name, ' and ', name.slice(0, 4), name.slice(4), '.'], 'slack');
      expect(shown).not.toMatch(/<!channel|\]\(|(?<!\w)@here/u);
    }
    expect(await spoken(['Ask @person-1.'], 'slack')).toBe('Ask @Ben.');
  });
});
