import type { Act } from '../../../src/prove/judge/consent-model';
import type { Evidence, VendorRequest } from '../../../src/prove/judge/evidence';
import { judge } from '../../../src/prove/judge/judge';
import type { Case } from '../../../src/prove/plan/matrix';
import { STAND, USUAL } from '../../../src/prove/plan/stand-plan';
import { CARRIER, createCanaries } from '../../../src/prove/watch/canaries';
import { createSearch } from '../../../src/prove/watch/search';

describe('the judgement of a run', () => {
  const canaries = createCanaries();
  const [asked, withdrawn, guest]: readonly Case[] = [
    { ...USUAL, id: 'aaa', scene: 'answer', door: 'teams' },
    { ...USUAL, id: 'aab', scene: 'withdrawal', door: 'teams' },
    { ...USUAL, id: 'aac', scene: 'guest', door: 'teams' },
  ];
  const text = (...of: Parameters<typeof canaries.of>): string => canaries.of(...of).text;
  const acts: readonly Act[] = [
    { kind: 'notice', vendor: 'openai', id: 'one', shares: false, counts: {} },
    { kind: 'notice', vendor: 'bedrock', id: 'one', shares: false, counts: {} },
    { kind: 'came', person: 'aaa', standing: 'member', counts: {} },
    { kind: 'came', person: 'aaa/other', standing: 'member', counts: {} },
    { kind: 'came', person: 'aab', standing: 'member', counts: {} },
    { kind: 'came', person: 'aac', standing: 'guest', counts: {} },
    { kind: 'agreed', person: 'aaa', vendor: 'openai', purposes: ['use'], counts: { openai: 1 } },
    { kind: 'agreed', person: 'aab', vendor: 'openai', purposes: ['use'], counts: {} },
    { kind: 'agreed', person: 'aac', vendor: 'openai', purposes: ['use'], counts: {} },
    { kind: 'withdrew', person: 'aab', counts: { openai: 3 } },
  ];
  const otherAgreed: Act = { kind: 'agreed', person: 'aaa/other', vendor: 'openai', purposes: ['use'], counts: {} };
  const changed: Act = { kind: 'notice', vendor: 'openai', id: 'two', shares: false, counts: {} };
  const trains: Act = { kind: 'notice', vendor: 'openai', id: 'one', shares: true, counts: {} };
  const blocked: Act = { kind: 'blocked', conversation: 'aaa', counts: {} };
  const clean: Evidence = {
    plan: { ...STAND, name: 'a run', surroundings: 'plain', slack: 'http', cases: [] },
    canaries,
    search: createSearch(canaries),
    streams: { stdout: Buffer.from('ready'), stderr: Buffer.alloc(0) },
    files: [],
    rows: [],
    calls: [],
    memory: [],
    pages: [{ what: '/metrics', words: 'up 1' }],
    answers: [{ what: 'an event', words: '' }],
    requests: [],
    acts,
    received: [],
    played: [asked, withdrawn, guest].filter((one) => one !== undefined),
    keptKeys: [],
  };
  const request = (body: string, more: Partial<VendorRequest> = {}): VendorRequest => ({
    vendor: 'openai',
    index: 1,
    body,
    head: '/v1/responses {}',
    faults: [],
    answered: undefined,
    ...more,
  });
  const input = (...words: readonly string[]): string => JSON.stringify({ input: words });
  const kinds = (change: Partial<Evidence>): readonly string[] =>
    judge({ ...clean, ...change }).map(({ kind }) => kind);
  const id = (field: 'person-id' | 'place-id'): string => canaries.of(field, 'aaa').word.toUpperCase();
  const guid = canaries.guidOf('person-id', 'aaa');

  it('finds nothing where words went where they may', () => {
    expect(kinds({ requests: [request(`{"input":"${text('prompt', 'aaa')} ${text('file', 'aaa')}"}`)] })).toEqual([]);
    expect(kinds({ received: [{ seenIn: ['aaa'], words: text('reply', 'aaa') }] })).toEqual([]);
    expect(kinds({ received: [{ seenIn: ['aaa'], words: `\`${CARRIER}${text('reply', 'aaa')}\`` }] })).toEqual([]);
    expect(kinds({ received: [{ seenIn: undefined, words: '', hidden: `{"user":"U${id('person-id')}"}` }] })).toEqual(
      [],
    );
  });

  it.each([
    ['stream', { streams: { stdout: Buffer.from(text('prompt', 'aaa')), stderr: Buffer.alloc(0) } }],
    ['stream', { streams: { stdout: Buffer.alloc(0), stderr: Buffer.from(text('reply', 'aaa')) } }],
    ['stream', { streams: { stdout: Buffer.from(`U${id('person-id')}`), stderr: Buffer.alloc(0) } }],
    ['stream', { streams: { stdout: Buffer.from(guid), stderr: Buffer.alloc(0) } }],
    [
      'stream',
      { streams: { stdout: Buffer.from(`ts ${canaries.messageMarks.slack}000017`), stderr: Buffer.alloc(0) } },
    ],
    ['page', { pages: [{ what: '/metrics', words: `x{y="${text('prompt', 'aaa')}"} 1` }] }],
    ['page', { pages: [{ what: '/metrics', words: `x{y="U${id('person-id')}"} 1` }] }],
    ['http-answer', { answers: [{ what: 'an event', words: text('malformed', 'any') }] }],
    ['vendor-field', { requests: [request(`${text('prompt', 'aaa')} ${canaries.of('name', 'aaa').text}`)] }],
    ['vendor-field', { requests: [request(`${text('prompt', 'aaa')} U${id('person-id')}`)] }],
    ['vendor-field', { requests: [request(`${text('prompt', 'aaa')} ${guid}`)] }],
    ['vendor-field', { requests: [request(text('prompt', 'aaa'), { head: `cookie: ${text('secret', 'aaa')}` })] }],
    ['vendor-field', { requests: [request(text('prompt', 'aaa'), { head: `x-place: C${id('place-id')}` })] }],
    ['before-consent', { requests: [request(text('prompt', 'aaa'), { index: 0 })] }],
    ['before-consent', { requests: [request(`${text('prompt', 'aaa')} ${text('thread', 'aaa')}`)] }],
    ['not-admitted', { requests: [request(text('prompt', 'aaa'))], acts: [] }],
    ['not-admitted', { requests: [request(text('prompt', 'aac'))] }],
    ['stale-notice', { requests: [request(text('prompt', 'aaa'))], acts: [...acts, changed] }],
    ['training-not-agreed', { requests: [request(text('prompt', 'aaa'))], acts: [...acts, trains] }],
    ['blocked-place', { requests: [request(text('prompt', 'aaa'))], acts: [...acts, blocked] }],
    ['after-withdrawal', { requests: [request(text('prompt', 'aab'), { index: 3 })] }],
    ['after-withdrawal', { requests: [request(text('late-prompt', 'aab'), { index: 4 })] }],
    ['vendor-not-agreed', { requests: [request(text('prompt', 'aaa'), { vendor: 'bedrock' })] }],
    ['mixed-conversations', { requests: [request(`${text('prompt', 'aaa')} ${text('reply', 'aab')}`)] }],
    ['unaccounted-request', { requests: [request('{"input":"nobody’s"}')] }],
    ['wire', { requests: [request(text('prompt', 'aaa'), { faults: ['field “store”'] })] }],
    ['record-kept', { keptKeys: ['aaa'] }],
    ['shown-after-end', { received: [{ seenIn: ['aab'], words: text('late-reply', 'aab') }] }],
    ['shown-elsewhere', { received: [{ seenIn: ['aab'], words: text('reply', 'aaa') }] }],
    ['shown-elsewhere', { received: [{ seenIn: [], words: text('reply', 'aaa') }] }],
    ['live-address', { received: [{ seenIn: ['aaa'], words: `so ${CARRIER}${text('reply', 'aaa')}` }] }],
    ['live-address', { received: [{ seenIn: ['aaa'], words: `[${CARRIER}${text('reply', 'aaa')}](x)` }] }],
    ['platform-field', { received: [{ seenIn: undefined, words: '', hidden: text('reply', 'aaa') }] }],
    [
      'platform-field',
      { received: [{ seenIn: undefined, words: '', hidden: Buffer.from(text('prompt', 'aaa')).toString('base64') }] },
    ],
    ['connection', { calls: [{ kind: 'connection', call: 'connect', place: '10.0.0.1:443' }] }],
    ['unseen', { calls: [{ kind: 'unseen', call: 'sendfile', place: '/tmp/x' }] }],
  ] satisfies [string, Partial<Evidence>][])('finds %s: %#', (kind, change) => {
    expect(kinds(change)).toContain(kind);
  });

  it('holds it against nobody that what they wrote before they agreed goes along once they did', () => {
    expect(kinds({ requests: [request(`${text('stranger', 'aaa')} ${text('prompt', 'aaa')}`)] })).toEqual([]);
  });

  it('lets the words of somebody else go along who agreed as well', () => {
    const both = [request(`${text('prompt', 'aaa')} ${text('thread', 'aaa')}`)];
    expect(kinds({ requests: both, acts: [...acts, otherAgreed] })).toEqual([]);
  });

  it('finds a question that goes on being asked after it was answered, by whichever vendor', () => {
    const question = input(text('prompt', 'aaa'));
    const later = input(text('prompt', 'aaa'), text('early-prompt', 'aaa'));
    const asking = (...more: readonly Partial<VendorRequest>[]) =>
      kinds({ requests: more.map((one) => request(question, one)) });
    expect(asking({ index: 1 }, { index: 2, answered: 1 })).toEqual([]);
    expect(asking({ index: 1, answered: 1 }, { index: 2, answered: 2 })).toEqual(['asked-again']);
    expect(
      kinds({ requests: [request(question, { answered: 1 }), request(later, { index: 2, answered: 2 })] }),
    ).toEqual([]);
  });

  it('lets a card go back with the ids that lead to its question, and the ledger tell the organisation', () => {
    expect(kinds({ answers: [{ what: 'a press', words: `{"conversation":"C${id('place-id')}"}` }] })).toEqual([]);
    const tenant = { canaries: [canaries.of('tenant-id', 'any')], forms: ['plain'] };
    const person = { canaries: [canaries.of('person-id', 'aaa')], forms: ['plain'] };
    expect(kinds({ rows: [{ place: 'ledger.tenant', sighting: tenant }] })).toEqual([]);
    expect(kinds({ rows: [{ place: 'ledger.subject', sighting: person }] })).toEqual(['database']);
    expect(kinds({ rows: [{ place: 'turns.turn', sighting: tenant }] })).toEqual(['database']);
  });

  it('tells a finding without the words that were found', () => {
    const [finding] = judge({
      ...clean,
      files: [
        {
          place: `/tmp/${text('prompt', 'aaa')}`,
          where: 'name',
          sighting: { canaries: [canaries.of('prompt', 'aaa')], forms: ['plain'] },
        },
      ],
    });
    expect(finding).toMatchObject({ kind: 'file-name', fields: ['prompt'], cases: ['aaa'] });
    expect(JSON.stringify(finding)).not.toContain(canaries.mark);
    expect(JSON.stringify(finding)).not.toContain(canaries.kana);
  });
});
