import { createCanaries } from './canaries';
import type { Evidence, VendorRequest } from './evidence';
import { judge } from './judge';
import type { Case } from './plan';
import { createSearch } from './search';

describe('the judgement of a run', () => {
  const canaries = createCanaries();
  const [asked, withdrawn]: readonly Case[] = [
    { id: 'aaa', outcome: 'answer', vendor: 'openai', door: 'teams' },
    { id: 'aab', outcome: 'withdrawal', vendor: 'openai', door: 'teams' },
  ];
  const text = (...of: Parameters<typeof canaries.of>): string => canaries.of(...of).text;
  const clean: Evidence = {
    plan: {
      name: 'a run',
      surroundings: 'plain',
      slack: 'http',
      cases: [],
      cutShort: [],
      end: 'SIGTERM',
      settleMs: 0,
      look: 'system-calls',
    },
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
    moments: [
      { caseId: 'aaa', kind: 'agreed', counts: { openai: 1 } },
      { caseId: 'aab', kind: 'agreed', counts: {} },
      { caseId: 'aab', kind: 'withdrawn', counts: { openai: 3 } },
    ],
    received: [],
    played: [asked, withdrawn].filter((one) => one !== undefined),
  };
  const request = (body: string, more: Partial<VendorRequest> = {}): VendorRequest => ({
    vendor: 'openai',
    index: 1,
    body,
    head: '/v1/responses {}',
    ...more,
  });
  const kinds = (change: Partial<Evidence>): readonly string[] =>
    judge({ ...clean, ...change }).map(({ kind }) => kind);

  it('finds nothing where words went where they may', () => {
    expect(kinds({ requests: [request(`{"input":"${text('prompt', 'aaa')} ${text('file', 'aaa')}"}`)] })).toEqual([]);
    expect(kinds({ received: [{ caseId: 'aaa', words: text('reply', 'aaa') }] })).toEqual([]);
  });

  it.each([
    ['stream', { streams: { stdout: Buffer.from(text('prompt', 'aaa')), stderr: Buffer.alloc(0) } }],
    ['stream', { streams: { stdout: Buffer.alloc(0), stderr: Buffer.from(text('reply', 'aaa')) } }],
    ['page', { pages: [{ what: '/metrics', words: `x{y="${text('prompt', 'aaa')}"} 1` }] }],
    ['http-answer', { answers: [{ what: 'an event', words: text('malformed', 'any') }] }],
    ['vendor-field', { requests: [request(`${text('prompt', 'aaa')} ${text('thread', 'aaa')}`)] }],
    ['vendor-field', { requests: [request(text('prompt', 'aaa'), { head: `cookie: ${text('secret', 'aaa')}` })] }],
    ['before-consent', { requests: [request(text('prompt', 'aaa'), { index: 0 })] }],
    ['before-consent', { requests: [request(text('prompt', 'aaa'))], moments: [] }],
    ['after-withdrawal', { requests: [request(text('prompt', 'aab'), { index: 3 })] }],
    ['after-withdrawal', { requests: [request(text('late-prompt', 'aab'), { index: 4 })] }],
    ['vendor-not-agreed', { requests: [request(text('prompt', 'aaa'), { vendor: 'bedrock' })], moments: [] }],
    ['unaccounted-request', { requests: [request('{"input":"nobody’s"}')] }],
    ['shown-after-end', { received: [{ caseId: 'aab', words: text('late-reply', 'aab') }] }],
    ['shown-elsewhere', { received: [{ caseId: 'aab', words: text('reply', 'aaa') }] }],
    ['connection', { calls: [{ kind: 'connection', call: 'connect', place: '10.0.0.1:443' }] }],
    ['unseen', { calls: [{ kind: 'unseen', call: 'sendfile', place: '/tmp/x' }] }],
  ] satisfies [string, Partial<Evidence>][])('finds %s: %#', (kind, change) => {
    expect(kinds(change)).toContain(kind);
  });

  it('holds it against nobody that what they wrote before they agreed goes along once they did', () => {
    expect(kinds({ requests: [request(`${text('stranger', 'aaa')} ${text('prompt', 'aaa')}`)] })).toEqual([]);
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
