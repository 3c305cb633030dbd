import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { answerOf, type Pace, type startFakeServices, type Watched } from './fake-services';

export type Name = 'bare' | 'dejiren';
type Services = Awaited<ReturnType<typeof startFakeServices>>;

const SECRET = 'bench-signing-secret';
const ROOT = resolve(__dirname, '../..');
const ENTRY: Readonly<Record<Name, string>> = {
  bare: join(ROOT, 'dist/bench/bare.js'),
  dejiren: join(ROOT, 'dist/main.js'),
};
const CLOCK_TICKS = 100;
const pinned = canPin();

function canPin(): boolean {
  try {
    execFileSync('taskset', ['-p', '-c', '1', String(process.pid)], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface Answered {
  readonly ackMs: number;
  /** Event sent to the first words in Slack, without the vendor's own time to its first delta. */
  readonly firstWordMs: number;
  readonly wholeMs: number;
}

/** One program under test. */
export interface Target {
  readonly coldStartMs: number;
  agree(users: number): Promise<void>;
  /** Asks so many questions at once, each in a channel of its own, and waits for every whole answer. */
  ask(count: number, pace: Pace): Promise<readonly Answered[]>;
  /** Asks, and resolves once each answer has begun, holding them open until the function it gives is called. */
  hold(count: number): Promise<() => Promise<void>>;
  command(text: string): Promise<number>;
  /** CPU used so far, in milliseconds of user and system time. */
  cpuMs(): number;
  memoryMiB(which: 'VmHWM' | 'VmRSS'): number;
  stop(): Promise<void>;
}

let channels = 0;

export async function startTarget(name: Name, services: Services): Promise<Target> {
  const folder = mkdtempSync(join(tmpdir(), 'dejiren-bench-'));
  writeFileSync(join(folder, 'c.yaml'), 'limits: { personPerHour: 1000000, tenantPerHour: 10000000 }\n');
  const port = await freePort();
  const words = [process.execPath, ENTRY[name]];
  const [command = '', ...args] = pinned ? ['taskset', '-c', '0', ...words] : words;
  const started = performance.now();
  const child: ChildProcess = spawn(command, args, {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DEJIREN_NOTICE_FIRST: 'false',
      PORT: String(port),
      LOG_LEVEL: 'warn',
      DEJIREN_CONFIG: join(folder, 'c.yaml'),
      DEJIREN_EGRESS_HOSTS: '127.0.0.1',
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: SECRET,
      SLACK_API_URL: `${services.origin}/api/`,
      OPENAI_API_KEY: 'sk-bench',
      OPENAI_BASE_URL: `${services.origin}/v1`,
      OPENAI_MODEL: 'bench',
    },
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1_024 });

  /** Posts a signed request and resolves to how long its acknowledgement took. */
  function post(body: string, type: string): Promise<number> {
    const timestamp = Math.floor(Date.now() / 1_000);
    const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const at = performance.now();
    return new Promise((done, failed) => {
      const request = http.request(
        {
          host: '127.0.0.1',
          port,
          path: '/slack/events',
          method: 'POST',
          agent,
          headers: {
            'content-type': type,
            'content-length': Buffer.byteLength(body),
            'x-slack-signature': signature,
            'x-slack-request-timestamp': timestamp,
          },
        },
        (response) => {
          response.resume();
          response.on('end', () =>
            response.statusCode === 200
              ? done(performance.now() - at)
              : failed(new Error(`status ${response.statusCode}`)),
          );
        },
      );
      request.setTimeout(60_000, () => request.destroy(new Error(`${name}: a request was never answered`)));
      request.on('error', failed);
      request.end(body);
    });
  }

  const hello = JSON.stringify({ type: 'url_verification', challenge: 'x' });
  for (;;) {
    try {
      await post(hello, 'application/json');
      break;
    } catch {
      if (child.exitCode !== null) throw new Error(`${name} ended at start`);
      await new Promise((again) => setTimeout(again, 2));
    }
  }
  // dejiren listens before it is ready; the bare bot is ready once it listens.
  while (name === 'dejiren' && (await fetch(`http://127.0.0.1:${port}/readyz`)).status !== 200)
    await new Promise((again) => setTimeout(again, 2));
  const coldStartMs = performance.now() - started;
  let users = 1;

  const typed = (user: string, text: string): Promise<number> =>
    post(
      new URLSearchParams({
        command: '/dejiren-optin',
        text,
        team_id: 'TBENCH',
        user_id: user,
        channel_id: 'CCMD',
        response_url: `${services.origin}/api/response`,
        trigger_id: 't',
      }).toString(),
      'application/x-www-form-urlencoded',
    );

  function watch(pace: Pace): { channel: string; turn: Watched; whole: Promise<void> } {
    channels += 1;
    const channel = `CB${channels}X`;
    let finished = (): void => {};
    const whole = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name}: an answer never came whole`)), 240_000);
      finished = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    const expected = answerOf(pace.tokens);
    const turn: Watched = {
      firstDelta: undefined,
      firstVisible: undefined,
      done: undefined,
      expected,
      messages: new Map(),
      finished,
    };
    services.watched.set(channel, turn);
    return { channel, turn, whole };
  }

  const event = (channel: string, user: string): string =>
    JSON.stringify({
      token: 't',
      team_id: 'TBENCH',
      api_app_id: 'A',
      type: 'event_callback',
      event_id: `Ev${channel}`,
      event_time: 1,
      authorizations: [
        { team_id: 'TBENCH', user_id: 'UBOT', is_bot: true, is_enterprise_install: false, enterprise_id: null },
      ],
      event: {
        type: 'app_mention',
        user,
        team: 'TBENCH',
        channel,
        ts: '1700000000.000100',
        text: `<@UBOT> question ${channel}`,
      },
    });

  const userOf = (index: number): string => `U${index % users}`;

  return {
    coldStartMs,
    async agree(count) {
      users = count;
      for (let index = 0; index < count; index += 1) await typed(`U${index}`, 'on');
    },
    async ask(count, pace) {
      services.setPace(pace);
      const turns = Array.from({ length: count }, () => watch(pace));
      const answered = await Promise.all(
        turns.map(async ({ channel, turn, whole }, index): Promise<Answered> => {
          const sent = performance.now();
          const ackMs = await post(event(channel, userOf(index)), 'application/json');
          await whole;
          const shown = [...turn.messages.values()].join('');
          if (shown !== turn.expected) throw new Error(`${name}: an answer is not what the model wrote`);
          const { firstVisible = Number.NaN, firstDelta = Number.NaN, done = Number.NaN } = turn;
          return { ackMs, firstWordMs: firstVisible - firstDelta, wholeMs: done - sent };
        }),
      );
      return answered;
    },
    async hold(count) {
      const pace = { tokens: 40, everyMs: 0, holdAfter: 20 };
      services.setPace(pace);
      const release = services.hold();
      const turns = Array.from({ length: count }, () => watch(pace));
      await Promise.all(turns.map(({ channel }, index) => post(event(channel, userOf(index)), 'application/json')));
      while (turns.some(({ turn }) => turn.firstDelta === undefined))
        await new Promise((again) => setTimeout(again, 10));
      await new Promise((settle) => setTimeout(settle, 500));
      return async () => {
        release();
        await Promise.all(turns.map(({ whole }) => whole));
      };
    },
    command: (text) => typed('U0', text),
    cpuMs() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return ((Number(fields[11]) + Number(fields[12])) * 1_000) / CLOCK_TICKS;
    },
    memoryMiB(which) {
      const line =
        readFileSync(`/proc/${child.pid}/status`, 'utf8')
          .split('\n')
          .find((one) => one.startsWith(which)) ?? '';
      return Number(/\d+/u.exec(line)?.[0]) / 1_024;
    },
    async stop() {
      // Long enough for a second post of an answer to be seen.
      await new Promise((settle) => setTimeout(settle, 500));
      const wrong = services.wrong();
      services.watched.clear();
      if (wrong > 0) throw new Error(`${name}: ${wrong} answers are not what the model wrote, once`);
      agent.destroy();
      const ended = new Promise((gone) => child.once('exit', gone));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
