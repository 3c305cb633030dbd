import type { ServerResponse } from 'node:http';
import { createEgress } from '../../src/egress/egress';
import { sealText } from '../../src/model/text';
import { type FakePresidio, startFakePresidio } from '../../src/prove/doubles/presidio';
import { createPresidio } from '../../src/redact/presidio';
import { quietLog } from '../support/consent';
import { aSearch, foundIn, never } from '../support/redaction';

describe('an analyzer of the organisation', () => {
  let fake: FakePresidio;
  beforeAll(async () => {
    fake = await startFakePresidio({ languages: ['en', 'de'] });
  });
  afterEach(() => fake.fail(undefined));
  afterAll(() => {
    egress.close();
    return fake.close();
  });

  const egress = createEgress({ hosts: ['127.0.0.1'] });

  const presidio = (change: { languages?: string[]; timeoutMs?: number; fetch?: typeof fetch } = {}) =>
    createPresidio({
      url: `${fake.url}/`,
      languages: ['en'],
      timeoutMs: 2_000,
      scoreThreshold: 0.5,
      fetch: egress.fetch,
      log: quietLog,
      ...change,
    });
  const search = (...parts: Parameters<typeof presidio>) => aSearch({ presidio: presidio(...parts) });

  it('finds beside our own finders, by characters as it counts them', async () => {
    expect(await foundIn('😀 Erika, e@example.com, ＭüllerMüller', search())).toEqual([
      ['name', 'Erika'],
      ['email', 'e@example.com'],
      ['name', 'Müller'],
    ]);
    expect(fake.requests.at(-1)).toMatchObject({ language: 'en', score_threshold: 0.5 });
  });

  it('is asked once for all texts in each language, and what is found is told apart', async () => {
    const before = fake.requests.length;
    const texts = ['😀Erika', '', 'a Müller b'].map(sealText);
    const result = await search({ languages: ['en', 'de'] }).search(texts, never);
    expect(fake.requests.slice(before).map(({ language }) => language)).toEqual(['en', 'de']);
    if (result.kind === 'unavailable') throw new Error('unavailable');
    expect(texts.map((text) => result.findings.get(text))).toEqual([
      [{ kind: 'name', from: 2, to: 7 }],
      [],
      [{ kind: 'name', from: 2, to: 8 }],
    ]);
  });

  it('is not asked where there is nothing to search, and leaves dates alone', async () => {
    const before = fake.requests.length;
    expect((await search().search([sealText(' ')], never)).kind).toBe('searched');
    expect((await search().search([], never)).kind).toBe('searched');
    expect(fake.requests).toHaveLength(before);
    expect(await foundIn('on Monday', search())).toEqual([]);
  });

  const answers = (status: number, body: string) => (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(body);

  it.each<[string, (response: ServerResponse) => void]>([
    ['an error', answers(500, '{"error":"CANARY"}')],
    ['what is no JSON', answers(200, 'CANARY')],
    ['what is no list of findings', answers(200, '[{"entity_type":"PERSON"}]')],
    ['more than anybody needs', answers(200, `["${'x'.repeat(5_000_000)}"]`)],
    ['a redirect', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['a connection that breaks', (response) => void response.destroy()],
  ])('nothing may be sent where it answers with %s', async (_name, how) => {
    fake.fail(how);
    expect(await search().search([sealText('Erika')], never)).toEqual({ kind: 'unavailable' });
  });

  it('nothing may be sent where it does not answer in time, or where the turn is over', async () => {
    fake.fail(() => undefined);
    const late = search({ timeoutMs: 50 });
    expect(await late.search([sealText('Erika')], never)).toEqual({ kind: 'unavailable' });
    const over = new AbortController();
    const searching = search().search([sealText('Erika')], over.signal);
    over.abort();
    expect(await searching).toEqual({ kind: 'unavailable' });
  });

  it('nothing may be sent where one of its languages has no model', async () => {
    const result = await search({ languages: ['en', 'ja'] }).search([sealText('Erika')], never);
    expect(result).toEqual({ kind: 'unavailable' });
  });

  it('is not reached where its host may not be called', async () => {
    const elsewhere = createEgress({ hosts: ['presidio.example'] });
    const before = fake.requests.length;
    const result = await search({ fetch: elsewhere.fetch }).search([sealText('Erika')], never);
    expect([result.kind, fake.requests.length]).toEqual(['unavailable', before]);
  });
});
