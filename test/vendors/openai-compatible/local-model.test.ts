import { findLocalModel } from '../../../src/vendors/openai-compatible/local-model';

describe('the search for a model on this machine', () => {
  const asked: string[] = [];
  afterEach(() => void asked.splice(0));

  const machine =
    (answers: Readonly<Record<string, unknown>>): typeof fetch =>
    async (input) => {
      const { host, href } = new URL(String(input));
      asked.push(href);
      const answer = answers[host];
      if (answer === undefined) throw new TypeError('fetch failed');
      return typeof answer === 'string' ? new Response(answer) : Response.json(answer);
    };
  const list = (...ids: readonly string[]): object => ({ object: 'list', data: ids.map((id) => ({ id })) });

  it('asks the usual ports of loopback and nobody else', async () => {
    expect(await findLocalModel(machine({}))).toBeUndefined();
    expect(asked.sort()).toEqual(['http://127.0.0.1:11434/v1/models', 'http://127.0.0.1:1234/v1/models']);
  });

  it('takes the first model that can answer', async () => {
    const models = list('nomic-embed-text:latest', 'llama3.2:3b', 'qwen3:8b');
    expect(await findLocalModel(machine({ '127.0.0.1:11434': models }))).toMatchObject({
      baseURL: 'http://127.0.0.1:11434/v1',
      models: ['llama3.2:3b'],
      images: false,
    });
  });

  it('looks further where a server has no model', async () => {
    const answers = { '127.0.0.1:11434': list(), '127.0.0.1:1234': list('gemma') };
    expect(await findLocalModel(machine(answers))).toMatchObject({
      baseURL: 'http://127.0.0.1:1234/v1',
      models: ['gemma'],
    });
  });

  it.each([['<html>'], [{ data: 'none' }], [list('embedding-only')], [{ data: [{ id: '' }] }], [{ data: null }]])(
    'takes %j for no model',
    async (answer) => {
      expect(await findLocalModel(machine({ '127.0.0.1:11434': answer }))).toBeUndefined();
    },
  );

  it('waits no longer than its limit for a silent port', async () => {
    const silent: typeof fetch = (_input, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    expect(await findLocalModel(silent)).toBeUndefined();
  });
});
