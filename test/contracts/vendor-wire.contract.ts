import type { Connector, StreamPart } from '../../src/vendors/connector';
import { VendorError, type VendorErrorCategory } from '../../src/vendors/kit/vendor-error';
import { promptOf, wordsIn } from '../support/vendors';

type Frame = string | Uint8Array;

/** One vendor's events as bytes, odd ones too: shapes that servers were seen to send. */
export interface Wire {
  readonly contentType: string;
  /** `isEnd`: it says, beside its words, that the answer is whole. */
  words(text: string, isEnd?: boolean): Frame;
  /** Says that the answer is whole, or that it met its length limit. */
  end(how: 'complete' | 'cut'): Frame;
  /** Events that hold no words, none of them odd. */
  readonly silent: readonly (readonly [name: string, frame: Frame])[];
  /** Events that hold what the model thinks. */
  readonly thoughts: readonly (readonly [name: string, frame: Frame])[];
  /** Events that are not understood. */
  readonly odd: readonly (readonly [name: string, frame: Frame])[];
  /** Words to end by that nobody knows, or that are none, and how the answer counts after them. */
  readonly reasons: readonly (readonly [name: string, frame: Frame, how: 'complete' | 'cut' | VendorErrorCategory])[];
  /** Whole answers in the place of a stream: `Hello!`. */
  readonly whole: readonly (readonly [name: string, contentType: string, body: string])[];
  /** Failures that are told inside a 200. They hold `CANARY`. */
  readonly failures: readonly (readonly [name: string, frame: Frame, category: VendorErrorCategory])[];
}

export const WIRE_CANARY = 'canary-90d2c7';

/** Makes a connector whose requests go through `send`. */
export type Connect = (send: typeof fetch) => Connector;

/** What every connector makes of what stands on its vendor's wire, with its real SDK. */
export function itReadsTheWire(connect: Connect, wire: Wire): void {
  const { words, end } = wire;
  const whole = [words('Hel'), words('lo!'), end('complete')];

  it('reads events of every cut, words of more than one byte among them', async () => {
    const frames = [words('こん'), words('にちは 👋🏽'), end('complete')];
    for (const size of [1, 2, 3, 7, 64, 1_000])
      expect(await heard(connect, wire.contentType, frames, size)).toMatchObject({
        words: 'こんにちは 👋🏽',
        reason: 'complete',
      });
  });

  it('reads a very large event', async () => {
    const text = 'あいうえお'.repeat(20_000);
    const got = await heard(connect, wire.contentType, [words(text), end('complete')], 16_384);
    expect([got.words === text, got.reason]).toEqual([true, 'complete']);
  });

  it.each([
    ['each of its events', [words('one ', true), words('two ', true), words('three', true)]],
    ['its first event alone', [words('one ', true), words('two '), words('three')]],
    ['an event before its last words', [words('one '), words('two '), end('complete'), words('three')]],
    ['its last event, twice', [words('one '), words('two '), words('three', true), end('complete')]],
  ])('takes an answer for whole once its stream is over, where it says so in %s', async (_where, frames) => {
    expect(await heard(connect, wire.contentType, frames)).toMatchObject({
      words: 'one two three',
      reason: 'complete',
    });
  });

  it('takes an answer for cut that says so', async () => {
    const got = await heard(connect, wire.contentType, [words('Hel'), end('cut')]);
    expect(got).toMatchObject({ words: 'Hel', reason: 'cut' });
  });

  it('takes no answer for whole that broke off, however often it said that it was', async () => {
    const frames = [words('one ', true), words('two ', true)];
    const got = await heard(connect, wire.contentType, frames, 1 << 20, new TypeError('terminated'));
    expect(got).toMatchObject({ words: 'one two ', category: 'truncated' });
  });

  it('takes an answer for whole whose connection fails after its end', async () => {
    const got = await heard(connect, wire.contentType, whole, 1 << 20, new TypeError('terminated'));
    expect(got).toMatchObject({ words: 'Hello!', reason: 'complete' });
  });

  it('takes an answer for cut off that ends without a word about its end', async () => {
    expect(await heard(connect, wire.contentType, [words('Hel')])).toMatchObject({
      words: 'Hel',
      category: 'truncated',
    });
  });

  it.each(wire.reasons)('ends by %s', async (_name, frame, how) => {
    const got = await heard(connect, wire.contentType, [words('Hello!'), frame]);
    expect(got).toMatchObject(how === 'complete' || how === 'cut' ? { reason: how } : { category: how });
  });

  it.each(wire.silent)('takes %s for a sign of life, and says nothing', async (_name, frame) => {
    const first = await heard(connect, wire.contentType, [frame, ...whole]);
    expect([first.words, first.reason, first.parts[0], first.oddities]).toEqual([
      ...['Hello!', 'complete', 'life'],
      [],
    ]);
    expect(
      await heard(connect, wire.contentType, [words('Hel'), frame, words('lo!'), frame, end('complete'), frame]),
    ).toMatchObject({
      words: 'Hello!',
      reason: 'complete',
      oddities: [],
    });
  });

  it.each(wire.thoughts)('knows that the vendor thinks, and says nothing: %s', async (_name, frame) => {
    const got = await heard(connect, wire.contentType, [frame, ...whole]);
    expect(got).toMatchObject({ words: 'Hello!', reason: 'complete', thinks: 1, oddities: [] });
  });

  it.each(wire.odd)('passes over %s, and tells of it by its kind', async (_name, frame) => {
    for (const frames of [
      [frame, ...whole],
      [words('Hel'), frame, words('lo!'), end('complete')],
      [words('Hello!'), end('complete'), frame],
    ]) {
      const got = await heard(connect, wire.contentType, frames);
      expect(got).toMatchObject({ words: 'Hello!', reason: 'complete' });
      expect(got.oddities).toHaveLength(1);
    }
  });

  it.each(wire.whole)('takes a whole answer in the place of a stream: %s', async (_name, contentType, body) => {
    for (const size of [9, 1 << 20])
      expect(await heard(connect, contentType, [body], size)).toMatchObject({ words: 'Hello!', reason: 'complete' });
  });

  it.each(wire.failures)('knows a failure inside a 200: %s', async (_name, frame, category) => {
    for (const frames of [
      [frame],
      [words('Hel'), frame],
      [words('Hel'), frame, ...whole],
      [...wire.silent.map(([, one]) => one), frame],
    ]) {
      const got = await heard(connect, wire.contentType, frames);
      expect(got).toMatchObject({ category });
      expect(got.error).not.toContain(WIRE_CANARY);
    }
  });
}

interface Heard {
  readonly words: string;
  readonly parts: readonly StreamPart['type'][];
  readonly oddities: readonly string[];
  /** How many of the parts told of thoughts. */
  readonly thinks: number;
  readonly reason?: 'complete' | 'cut';
  readonly category?: VendorErrorCategory;
  /** Everything of the error that could be printed. */
  readonly error?: string;
}

/** Answers one question with a 200 of these bytes, cut into pieces, and listens to the end. */
async function heard(
  connect: Connect,
  contentType: string,
  frames: readonly Frame[],
  size = 1 << 20,
  fault?: Error,
): Promise<Heard> {
  const bytes = Buffer.concat(frames.map((frame) => Buffer.from(frame)));
  const send: typeof fetch = async () => {
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at < bytes.length) {
          controller.enqueue(bytes.subarray(at, at + size));
          at += size;
        } else if (fault === undefined) controller.close();
        else controller.error(fault);
      },
    });
    return new Response(body, { headers: { 'content-type': contentType } });
  };
  let words = '';
  const parts: StreamPart['type'][] = [];
  const oddities: string[] = [];
  let thinks = 0;
  try {
    for await (const part of connect(send).stream(promptOf('Hi'), new AbortController().signal)) {
      // That the server took the question is told before any event.
      if (part.type === 'life' && part.isOpening === true) continue;
      parts.push(part.type);
      words += wordsIn(part) ?? '';
      if (part.type === 'life' && part.oddity !== undefined) oddities.push(part.oddity);
      if (part.type === 'life' && part.isThought === true) thinks += 1;
      if (part.type === 'finish') return { words, parts, oddities, thinks, reason: part.reason };
    }
  } catch (error) {
    expect(error).toBeInstanceOf(VendorError);
    const { category, message, stack, ...more } = error as VendorError;
    return { words, parts, oddities, thinks, category, error: JSON.stringify([message, stack, more]) };
  }
  throw new Error('a stream that ends in nothing');
}
