import { createEgress, type Egress } from '../../src/egress/egress';
import { answer, createGate, refusal, type Script } from '../../src/prove/doubles/vendor-script';
import type { FakeRequest, FakeVendor } from '../../src/prove/doubles/vendor-server';
import type { Connector } from '../../src/vendors/connector';
import { VendorError, type VendorErrorCategory } from '../../src/vendors/kit/vendor-error';
import { listen, promptOf, wordsIn } from '../support/vendors';

/** A connector under test, on its vendor's fake. */
export interface ConnectorCase<Fake extends FakeVendor> {
  start(): Promise<Fake>;
  connect(fake: Fake, send: typeof fetch): Connector;
  /** What the vendor refuses with, and how it fails, beside the faults of the wire: each with its category. */
  readonly faults: readonly Fault[];
  /** How it says that it is busy, with headers that tell when to come back. */
  busy(headers?: Readonly<Record<string, string>>): Script;
  /** A refusal whose words echo the prompt. */
  echo(words: string): Script;
  /** Variables that would turn the SDK elsewhere, or make it talk. What they would send is made of `elsewhere`. */
  readonly hostile: Readonly<Record<string, string>>;
  /** Names of the headers that each request has, and no others, in order. */
  readonly headers: readonly string[];
  /** Throws where a request does not carry the right credentials. */
  expectCredentials(request: FakeRequest, fake: Fake): void;
}

export type Fault = readonly [name: string, script: Script, category: VendorErrorCategory];

export const CANARY = 'canary-5e1f09';
const patient = (): AbortSignal => new AbortController().signal;

/** What every connector promises, over the real wire with its real SDK. */
export function itKeepsTheConnectorContract<Fake extends FakeVendor>(one: ConnectorCase<Fake>): void {
  let fake: Fake;
  let egress: Egress;
  let connector: Connector;

  beforeEach(async () => {
    fake = await one.start();
    egress = createEgress({ hosts: [fake.host] });
    connector = one.connect(fake, egress.fetch);
  });

  afterEach(async () => {
    egress.close();
    await fake.close();
  });

  it('streams the words as they come, and ends with what the vendor counted', async () => {
    fake.script(answer(['こん', 'にちは', ' 👋🏽', ''], { requestId: 'req_abc' }));
    const heard = await listen(connector, promptOf('Hi'), patient());
    expect(heard.words).toBe('こんにちは 👋🏽');
    expect(heard.finish).toMatchObject({ reason: 'complete', requestId: 'req_abc', usage: { outputTokens: 4 } });
    expect(heard.error).toBeUndefined();
  });

  it('gives each delta before the next one is sent', async () => {
    const gate = createGate();
    fake.script(answer(['one', 'two'], { gate }));
    const parts = connector.stream(promptOf('Hi'), patient())[Symbol.asyncIterator]();
    const said = async () => {
      for (;;) {
        const next = await parts.next();
        if (next.done === true || next.value.type !== 'life') return next;
      }
    };
    for (const words of ['one', 'two']) {
      const next = said();
      gate.next();
      expect(wordsIn((await next).value)).toBe(words);
    }
    gate.open();
    expect((await said()).value).toMatchObject({ type: 'finish', reason: 'complete' });
    expect((await parts.next()).done).toBe(true);
  });

  it('uses the same connection for the next answer, also when the caller leaves at the end', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      for await (const part of connector.stream(promptOf('Hi'), patient())) if (part.type === 'finish') break;
      expect(await fake.requests[turn]?.over).toBe('answered');
    }
    expect(fake.connections()).toBe(1);
  });

  it('says that an answer was cut at its length limit', async () => {
    fake.script(answer(['Once'], { ending: 'cut' }));
    expect((await listen(connector, promptOf('Hi'), patient())).finish).toMatchObject({ reason: 'cut' });
  });

  it('closes the socket when it is aborted in mid-answer', async () => {
    const stop = new AbortController();
    fake.script(answer(['one'], { ending: 'stall' }));
    const heard = await listen(connector, promptOf('Hi'), stop.signal, { onDelta: () => stop.abort() });
    expect(heard.error).toMatchObject({ category: 'cancelled' });
    expect(await fake.requests[0]?.over).toBe('hung-up');
  });

  it('closes the socket when it is aborted before the first word', async () => {
    const stop = new AbortController();
    fake.script({ kind: 'none', how: 'stall' });
    const heard = listen(connector, promptOf('Hi'), stop.signal);
    while (fake.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    expect((await heard).error).toMatchObject({ category: 'cancelled' });
    expect(await fake.requests[0]?.over).toBe('hung-up');
  });

  it('sends nothing when it is aborted already', async () => {
    const heard = await listen(connector, promptOf('Hi'), AbortSignal.abort());
    expect(heard.error).toMatchObject({ category: 'cancelled' });
    expect(fake.requests).toHaveLength(0);
  });

  it('closes the socket when the caller leaves the loop', async () => {
    fake.script(answer(['one'], { ending: 'stall' }));
    for await (const part of connector.stream(promptOf('Hi'), patient())) if (part.type === 'delta') break;
    expect(await fake.requests[0]?.over).toBe('hung-up');
  });

  // Lets the first words through, and the reset only once they were heard.
  const gate = createGate();
  gate.next();
  const onTheWire: readonly Fault[] = [
    ['a 200 that is no stream', { kind: 'raw', contentType: 'text/html', body: `<p>${CANARY}</p>` }, 'protocol'],
    ["a gateway's page", refusal(502, { body: `<html>${CANARY}</html>` }), 'overloaded'],
    ["a gateway's deadline", refusal(504, { body: `<html>${CANARY}</html>` }), 'timeout'],
    ['a redirect', refusal(307, { headers: { location: 'http://example.com/' }, message: CANARY }), 'residency'],
    ['a connection reset before the answer', { kind: 'none', how: 'reset' }, 'network'],
    ['a reset in mid-answer', answer([CANARY], { ending: 'reset', gate }), 'truncated'],
    ['a clean end without the last event', answer([CANARY], { ending: 'eof' }), 'truncated'],
    ['a malformed chunk', answer([CANARY], { ending: 'malformed' }), 'protocol'],
    ['a filtered answer', answer([CANARY], { ending: 'filtered' }), 'blocked-output'],
  ];

  it.each([...onTheWire, ...one.faults])(
    'tells %s by its category, and not a word of it',
    async (_name, script, category) => {
      fake.usually(script);
      const heard = await listen(connector, promptOf(CANARY), patient(), { onDelta: gate.open });
      expect(heard.error).toBeInstanceOf(VendorError);
      expect(heard.error).toMatchObject({ category });
      expect(allOf(heard.error)).not.toContain(CANARY);
      expect(heard.finish).toBeUndefined();
    },
  );

  it('tells a server that is not there as a network fault', async () => {
    await fake.close();
    expect((await listen(connector, promptOf('Hi'), patient())).error).toMatchObject({ category: 'network' });
  });

  it('tells when to come back', async () => {
    const at = new Date(Date.now() + 3_600_000).toUTCString();
    const times: readonly (readonly [Record<string, string>, number])[] = [
      [{ 'retry-after': '7' }, 7_000],
      [{ 'retry-after': at }, 3_600_000],
    ];
    for (const [headers, expected] of times) {
      fake.usually(one.busy(headers));
      const { error } = await listen(connector, promptOf('Hi'), patient());
      expect(error).toMatchObject({ status: 429, requestId: expect.stringMatching(/./) });
      const told = error instanceof VendorError ? (error.retryAfterMs ?? Number.NaN) : Number.NaN;
      expect(told).toBeGreaterThan(expected - 60_000);
      expect(told).toBeLessThanOrEqual(expected);
    }
  });

  it('tries a refused request once only, by itself', async () => {
    fake.usually(one.busy());
    await listen(connector, promptOf('Hi'), patient());
    expect(fake.requests).toHaveLength(1);
  });

  describe('in a hostile environment', () => {
    const before = { ...process.env };
    const printed: string[] = [];
    const streams = [process.stdout, process.stderr] as const;
    const writes = streams.map((stream) => stream.write);
    const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
    const consoles = methods.map((method) => console[method]);

    beforeEach(() => {
      Object.assign(process.env, { DEBUG: '*', NODE_DEBUG: '*' }, one.hostile);
      printed.length = 0;
      for (const method of methods) console[method] = (...words: unknown[]) => void printed.push(words.join(' '));
      for (const stream of streams)
        stream.write = (chunk: unknown) => {
          printed.push(String(chunk));
          return true;
        };
    });

    afterEach(() => {
      process.env = { ...before };
      streams.forEach((stream, index) => {
        Object.assign(stream, { write: writes[index] });
      });
      methods.forEach((method, index) => {
        Object.assign(console, { [method]: consoles[index] });
      });
    });

    it.each([
      ['an answer', answer([CANARY])],
      ['a refusal', one.echo(CANARY)],
      ['a malformed chunk', answer([CANARY], { ending: 'malformed' })],
      ['a reset', answer([CANARY], { ending: 'reset' })],
    ] as const)('sends to the same place with the same key, and prints nothing, on %s', async (_name, script) => {
      fake.usually(script);
      connector = one.connect(fake, egress.fetch);
      await listen(connector, promptOf(CANARY), patient());
      expect(fake.requests.length).toBeGreaterThan(0);
      for (const request of fake.requests) {
        one.expectCredentials(request, fake);
        expect(JSON.stringify(request)).not.toContain('elsewhere');
      }
      expect(printed).toEqual([]);
    });
  });

  it('tells the vendor nothing of the machine in its headers', async () => {
    await listen(connector, promptOf('Hi'), patient());
    expect(Object.keys(fake.requests[0]?.headers ?? {}).sort()).toEqual([...one.headers].sort());
    expect(fake.requests[0]?.headers['user-agent']).toBe('dejiren');
  });
}

/** Everything that a careless logger could find in an error. */
function allOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) return String(error);
  return Reflect.ownKeys(error)
    .map((key) => `${String(key)}: ${allOf(Reflect.get(error, key), depth + 1)}`)
    .concat(String(error), error instanceof Error ? (error.stack ?? '') : '')
    .join('\n');
}
