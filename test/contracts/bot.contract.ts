import { type Bot, BotCallError, type BotParts, type Destination } from '../../adapters/teams/bot';
import { createGate } from '../../src/prove/doubles/vendor-script';
import { bodyOf, startWebServer, type WebServer } from '../../src/prove/doubles/web-server';

/** An implementation of the port on one SDK. */
export type CreateBot = (parts: BotParts) => Promise<Bot>;

interface Call {
  readonly method: string | undefined;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Record<string, unknown>;
}
interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const APP_ID = '11111111-2222-3333-4444-555555555555';
const STREAM = { type: 'streaminfo', streamType: 'streaming', streamSequence: 2, streamId: 's1' };
const LABEL = {
  type: 'https://schema.org/Message',
  '@type': 'Message',
  '@context': 'https://schema.org',
  '@id': '',
  additionalType: ['AIGeneratedContent'],
  usageInfo: { type: 'https://schema.org/Message', '@type': 'CreativeWork', name: 'n', description: 'd' },
};

/** What every SDK behind the port has to keep, over the wire. Whoever changes the SDK runs it in one more line. */
export function itKeepsTheBotContract(create: CreateBot): void {
  let web: WebServer;
  let calls: Call[];
  let replies: Reply[];
  let bot: Bot;
  let place: Destination;

  beforeEach(async () => {
    calls = [];
    replies = [];
    web = await startWebServer(async (request, response) => {
      const raw = await bodyOf(request);
      calls.push({
        method: request.method,
        path: decodeURIComponent(request.url ?? ''),
        authorization: request.headers.authorization,
        body: raw === '' ? {} : JSON.parse(raw),
      });
      const { status, body, headers = {} } = replies.shift() ?? { status: 201, body: { id: `m${calls.length}` } };
      if (status === 0) return response.destroy();
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      return response.end(body === undefined ? '' : JSON.stringify(body));
    });
    place = {
      serviceUrl: `${web.url}/`,
      conversation: '19:c@thread.tacv2;messageid=1',
      kind: 'channel',
      bot: '28:bot',
    };
    bot = await create({ appId: APP_ID, token: async () => 'the-token', fetch });
  });
  afterEach(() => web.close());

  const failureOf = async (work: Promise<unknown>): Promise<BotCallError> => {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof BotCallError)) throw new Error(`no BotCallError: ${String(error)}`);
    return error;
  };

  describe('sending', () => {
    it('posts an activity to its conversation with the bot’s token, and gives its id', async () => {
      expect(await bot.send(place, { type: 'message', text: 'hello', textFormat: 'markdown' })).toBe('m1');
      expect(calls).toEqual([
        {
          method: 'POST',
          path: '/v3/conversations/19:c@thread.tacv2;messageid=1/activities',
          authorization: 'Bearer the-token',
          body: expect.objectContaining({ type: 'message', text: 'hello', textFormat: 'markdown' }),
        },
      ]);
    });

    it('answers a message where it is told to, and no other', async () => {
      await bot.send(place, { type: 'message', text: 'a' });
      await bot.send(place, { type: 'message', text: 'b', replyToId: '7' });
      expect(calls.map(({ body }) => body.replyToId)).toEqual([undefined, '7']);
      expect(calls[1]?.path).toBe('/v3/conversations/19:c@thread.tacv2;messageid=1/activities/7');
    });

    it('keeps every field of entities, channel data and attachments', async () => {
      const channelData = { feedbackLoop: { type: 'default' }, streamType: 'final', streamSequence: 3 };
      const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: { body: [{ a: [1] }] } }];
      await bot.send(place, { type: 'message', text: 'a', entities: [STREAM, LABEL], channelData, attachments });
      await bot.update(place, '5', { type: 'message', text: 'b', entities: [LABEL], channelData, attachments });
      expect(calls[0]?.body).toMatchObject({ entities: [STREAM, LABEL], channelData, attachments });
      expect(calls[1]?.body).toMatchObject({ entities: [LABEL], channelData, attachments });
    });

    it('gives an empty id where Teams gives none', async () => {
      replies.push({ status: 202, body: {} });
      expect(await bot.send(place, { type: 'typing', text: 'a', entities: [STREAM] })).toBe('');
    });

    it('keeps conversations apart that are written to at once', async () => {
      const names = Array.from({ length: 20 }, (_, index) => `19:c${index}@thread.v2`);
      await Promise.all(
        names.map((conversation) => bot.send({ ...place, conversation }, { type: 'message', text: conversation })),
      );
      for (const { path, body } of calls) expect(path).toContain(`/${String(body.text)}/`);
      expect(calls).toHaveLength(20);
    });

    it('goes through the fetch that it is given, and asks for a token with each call', async () => {
      let fetched = 0;
      let tokens = 0;
      const other = await create({
        appId: APP_ID,
        token: async () => {
          tokens += 1;
          return `token-${tokens}`;
        },
        fetch: (...request) => {
          fetched += 1;
          return fetch(...request);
        },
      });
      await other.send(place, { type: 'message', text: 'a' });
      await other.update(place, '5', { type: 'message', text: 'b' });
      expect(fetched).toBe(2);
      expect(calls.map(({ authorization }) => authorization)).toEqual(['Bearer token-1', 'Bearer token-2']);
    });

    it('signs nothing where there is no token', async () => {
      const other = await create({ appId: APP_ID, token: undefined, fetch });
      await other.send(place, { type: 'message', text: 'a' });
      expect(calls[0]?.authorization).toBeUndefined();
    });
  });

  it('puts an activity in the place of another', async () => {
    replies.push({ status: 200, body: { id: '5' } });
    await bot.update(place, '5', { type: 'message', text: 'anew' });
    expect(calls).toMatchObject([
      {
        method: 'PUT',
        path: '/v3/conversations/19:c@thread.tacv2;messageid=1/activities/5',
        body: { text: 'anew', id: '5' },
      },
    ]);
  });

  it('takes an activity away', async () => {
    replies.push({ status: 200, body: {} });
    await bot.remove(place, '5');
    expect(calls).toMatchObject([
      { method: 'DELETE', path: '/v3/conversations/19:c@thread.tacv2;messageid=1/activities/5' },
    ]);
  });

  describe('what Teams refuses', () => {
    const refusal = (status: number, code: string, message = 'CANARY words'): Reply => ({
      status,
      body: { error: { code, message } },
      headers: { 'retry-after': '7' },
    });

    it.each([
      [403, 'ContentStreamNotAllowed', 'Content stream was canceled by user.', 'stopped'],
      [403, 'ContentStreamNotAllowed', 'Content stream finished due to exceeded streaming time.', 'time-up'],
      [403, 'BotNotInConversationRoster', 'x', undefined],
      [404, 'ActivityNotFoundInConversation', 'x', undefined],
      [405, 'BadArgument', 'x', undefined],
      [412, 'PreconditionFailed', 'x', undefined],
      [413, 'MessageSizeTooBig', 'x', undefined],
      [429, 'TooManyRequests', 'x', undefined],
      [500, 'ServiceError', 'x', undefined],
      [502, 'ServiceError', 'x', undefined],
    ] as const)(
      '%d %s is told with its code after one call: when to come again is decided elsewhere',
      async (status, code, message, stream) => {
        replies.push(refusal(status, code, message));
        const error = await failureOf(bot.send(place, { type: 'message', text: 'CANARY text' }));
        expect(error).toMatchObject({ status, teamsCode: code, stream, retryAfterMs: 7_000 });
        replies.push(refusal(status, code, message));
        expect(await failureOf(bot.update(place, '5', { type: 'message', text: 'a' }))).toMatchObject({
          status,
          teamsCode: code,
        });
        expect(calls).toHaveLength(2);
      },
    );

    it('is told without a word of Teams’, or of what was sent', async () => {
      replies.push(refusal(400, 'CANARY code with words'));
      const error = await failureOf(bot.send(place, { type: 'message', text: 'CANARY text' }));
      expect(`${error.message} ${error.stack} ${JSON.stringify(error)}`).not.toContain('CANARY');
      expect(error.cause).toBeUndefined();
    });

    it.each([
      ['no JSON', { status: 503, body: undefined }],
      ['another shape', { status: 503, body: [1] }],
    ])('is told where it comes with %s', async (_name, reply) => {
      replies.push(reply);
      expect(await failureOf(bot.send(place, { type: 'message', text: 'a' }))).toMatchObject({ status: 503 });
    });

    it('has status 0 where Teams cannot be reached', async () => {
      replies.push({ status: 0 });
      expect(await failureOf(bot.send(place, { type: 'message', text: 'a' }))).toMatchObject({ status: 0 });
    });
  });

  describe('an activity that was let in', () => {
    const activity = (more: Readonly<Record<string, unknown>>) => ({
      id: '1',
      channelId: 'msteams',
      serviceUrl: `${web.url}/`,
      from: { id: '29:u' },
      recipient: { id: '28:bot' },
      conversation: { id: 'a:1' },
      ...more,
    });

    it('runs its handler once, and is answered with 200', async () => {
      let handled = 0;
      const answer = await bot.run(activity({ type: 'message', text: 'hi' }), async () => {
        handled += 1;
        return undefined;
      });
      expect([handled, answer]).toEqual([1, { status: 200 }]);
      expect(calls).toEqual([]);
    });

    it.each([
      [
        'the handler’s answer',
        { status: 200, body: { statusCode: 200, value: { a: 1 } } },
        { status: 200, body: { statusCode: 200, value: { a: 1 } } },
      ],
      ['a bare refusal', { status: 403 }, { status: 403 }],
      ['501 where nobody takes it', undefined, { status: 501 }],
    ])('is answered as an invoke with %s', async (_name, given, expected) => {
      expect(await bot.run(activity({ type: 'invoke', name: 'adaptiveCard/action' }), async () => given)).toEqual(
        expected,
      );
    });

    it('waits for the handler of an invoke', async () => {
      const gate = createGate();
      let ended = false;
      const answer = bot
        .run(activity({ type: 'invoke', name: 'x' }), async () => {
          await gate.pass();
          return { status: 200 };
        })
        .finally(() => {
          ended = true;
        });
      await new Promise((resolve) => setImmediate(resolve));
      expect(ended).toBe(false);
      gate.open();
      expect(await answer).toEqual({ status: 200 });
    });

    it('gives a bare 500 where its handler throws, or where it cannot be read, and prints nothing', async () => {
      const printed = jest.spyOn(console, 'error').mockImplementation(() => {});
      const failing = bot.run(activity({ type: 'message' }), async () => {
        throw new Error('CANARY words');
      });
      expect(await failing).toEqual({ status: 500 });
      const unreadable = await bot.run(activity({ type: 'message', timestamp: 'CANARY' }), async () => undefined);
      expect(JSON.stringify(unreadable)).not.toContain('CANARY');
      const words = printed.mock.calls.flat().map(String).join('');
      printed.mockRestore();
      expect(words).not.toContain('CANARY');
    });

    it('may send meanwhile, apart from what came in', async () => {
      await bot.run(activity({ type: 'message' }), async () => {
        await bot.send(place, { type: 'message', text: 'elsewhere' });
        return undefined;
      });
      expect(calls).toHaveLength(1);
      expect(calls[0]?.body.replyToId).toBeUndefined();
    });
  });
}
