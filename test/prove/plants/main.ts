import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import fs from 'node:fs';
import { request, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { createTaps, type Taps } from './taps';

/**
 * Loaded by Node before the program (`--require`), to plant the one leak that `PROVE_PLANT` names. It works at the
 * process's own boundaries: there is nothing in the program for it.
 */
const portOf = (name: string): number => Number(new URL(process.env[name] ?? 'http://127.0.0.1:9').port);
const openai = process.env.OPENAI_BASE_URL ?? '';
const azure = process.env.AZURE_OPENAI_ENDPOINT ?? '';
const [vendorPort, slackPort] = [portOf('OPENAI_BASE_URL'), portOf('SLACK_API_URL')];
const slackToken = process.env.SLACK_BOT_TOKEN ?? '';

const inData = (name: string): string => join(process.cwd(), '.dejiren', name);
const write = (path: string, words: string | Buffer): void => fs.writeFileSync(path, words);
const writeAndDelete = (path: string, words: string): void => {
  write(path, words);
  fs.rmSync(path);
};
/** Asks a vendor behind the program's back. */
const ask = (url: string, words: string): void => {
  request(url, { method: 'POST', headers: { 'content-type': 'application/json' } })
    .on('error', () => undefined)
    .end(words);
};
/** Questions alone, not the other things that platforms send. */
const questions = (taps: Taps, take: (words: string) => void): void =>
  taps.inbound((words) => {
    if (words.includes('app_mention') && words.includes('"token":"legacy"')) take(words);
  });
const replies = (taps: Taps, take: (words: string) => void): void => taps.fromPort(vendorPort, take);

/** O_TMPFILE of Linux, which Node does not name: an unnamed file in a folder. Source: open(2). */
const O_TMPFILE = 0o20200000;

let kept: unknown[] = [];
let database: DatabaseSync | undefined;

const LEAKS: Readonly<Record<string, (taps: Taps) => void>> = {
  'debug-log': (taps) => questions(taps, (words) => fs.writeSync(1, `debug: ${words}\n`)),
  'log-in-base64': (taps) => replies(taps, (words) => fs.writeSync(1, `${Buffer.from(words).toString('base64')}\n`)),
  'log-in-utf16': (taps) => replies(taps, (words) => fs.writeSync(1, Buffer.from(words, 'utf16le'))),
  'token-log': (taps) => taps.inbound(() => fs.writeSync(1, `{"token":"${slackToken}"}\n`)),
  'echoed-error': (taps) => replies(taps, (words) => words.includes(' 400 ') && fs.writeSync(2, words)),
  'crash-output'(taps) {
    let last = '';
    questions(taps, (words) => {
      last = words;
    });
    process.on('exit', () => fs.writeSync(2, `Error: cannot answer ${last}\n`));
  },
  'stored-message': (taps) => questions(taps, store),
  'stored-packed': (taps) => replies(taps, (words) => store(gzipSync(words))),
  'temporary-file': (taps) => questions(taps, (words) => write(join(tmpdir(), 'question.txt'), words)),
  'packed-file': (taps) => replies(taps, (words) => write(inData('reply.gz'), gzipSync(words))),
  'brotli-file': (taps) => replies(taps, (words) => write(inData(`reply-${Date.now()}`), brotliCompressSync(words))),
  'file-name': (taps) =>
    questions(taps, (words) => write(join(tmpdir(), /"text":"([^"]{1,80})/u.exec(words)?.[1] ?? 'none'), '')),
  'letter-by-letter': (taps) =>
    questions(taps, (words) => {
      const file = fs.openSync(inData('letters'), 'a');
      for (const letter of words) fs.writeSync(file, letter);
      fs.closeSync(file);
    }),
  'diagnostic-report': (taps) =>
    questions(taps, (words) => process.report.writeReport(inData('report.json'), new Error(words))),
  'deleted-file': (taps) => questions(taps, (words) => writeAndDelete(join(tmpdir(), 'gone'), words)),
  'unnamed-file'(taps) {
    const file = fs.openSync('/dev/shm', fs.constants.O_RDWR | O_TMPFILE, 0o600);
    questions(taps, (words) => fs.writeSync(file, words));
  },
  'late-file': (taps) =>
    questions(taps, (words) => setTimeout(() => writeAndDelete(join(tmpdir(), 'late'), words), 700)),
  worker: (taps) =>
    questions(taps, (words) => {
      const code = `const { writeFileSync, rmSync } = require('node:fs');
        const { workerData: [path, words] } = require('node:worker_threads');
        writeFileSync(path, words); rmSync(path);`;
      new Worker(code, { eval: true, workerData: [join(tmpdir(), 'worker'), words] });
    }),
  'child-process': (taps) => questions(taps, (words) => execFile('true', [words])),
  'metric-label'(taps) {
    let last = '';
    questions(taps, (words) => {
      last = words;
    });
    onEnd((response, body) =>
      String(response.getHeader('content-type')).includes('version=0.0.4')
        ? `${body}dejiren_last{words="${last.replaceAll('"', '')}"} 1\n`
        : undefined,
    );
  },
  'http-echo'(taps) {
    let last = '';
    taps.inbound((words) => {
      last = words;
    });
    onEnd((response) => (response.statusCode >= 400 ? `cannot read ${last}` : undefined));
  },
  'foreign-host': (taps) => questions(taps, () => void connect(9, '127.0.0.9').on('error', () => undefined)),
  datagram: (taps) =>
    questions(taps, (words) => {
      const socket = createSocket('udp4');
      socket.send(words.slice(0, 1_000), 514, '127.0.0.1', () => socket.close());
    }),
  'before-consent': (taps) => questions(taps, (words) => ask(`${openai}/responses`, words)),
  'after-withdrawal'(taps) {
    let [last, withdrawn] = ['', false];
    taps.toPort(vendorPort, (words) => {
      if (words.includes('"input"')) last = words;
    });
    taps.inbound((words) => {
      if (withdrawn) ask(`${openai}/responses`, last);
      if (/text=off/u.test(words)) withdrawn = true;
    });
  },
  'other-vendor': (taps) =>
    taps.toPort(vendorPort, (words) => words.includes('"input"') && ask(`${azure}/openai/v1/responses`, words)),
  'without-words': (taps) => questions(taps, () => ask(`${openai}/responses`, '{"model":"gpt-fake"}')),
  'others-words': (taps) => {
    let thread = '';
    taps.fromPort(slackPort, (words) => {
      if (words.includes('"messages"')) thread = words;
    });
    taps.toPort(vendorPort, (words) => {
      if (words.includes('"input"') && thread !== '') ask(`${openai}/responses`, thread);
    });
  },
  'name-along'(taps) {
    let name = '';
    taps.fromPort(slackPort, (words) => {
      name = /"real_name":"([^"]+)"/u.exec(words)?.[1] ?? name;
    });
    taps.toPort(vendorPort, (words) => words.includes('"input"') && ask(`${openai}/responses`, `${name} asks`));
  },
  'retained-text': (taps) => questions(taps, (words) => (kept = [...kept, words])),
  'retained-bytes': (taps) => replies(taps, (words) => (kept = [...kept, Buffer.from(words)])),
};

/** Opens the program's own database beside it. */
function store(words: string | Buffer): void {
  database ??= new DatabaseSync(inData('dejiren.db'));
  database.exec('CREATE TABLE IF NOT EXISTS messages (words)');
  database.prepare('INSERT INTO messages VALUES (?)').run(words);
}

/** Puts other words in the place of an answer's body, once its head is known. */
function onEnd(change: (response: ServerResponse, body: string) => string | undefined): void {
  const { writeHead, end } = ServerResponse.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const changed = new WeakSet<ServerResponse>();
  ServerResponse.prototype.writeHead = function (this: ServerResponse, status: number, ...more: unknown[]) {
    const headers = more.at(-1);
    this.statusCode = status;
    if (!changed.has(this) && typeof headers === 'object' && headers !== null && !Array.isArray(headers))
      for (const [name, value] of Object.entries(headers)) this.setHeader(name, String(value));
    if (changed.has(this) || change(this, '') === undefined) return writeHead?.call(this, status, ...more);
    return this;
  } as ServerResponse['writeHead'];
  ServerResponse.prototype.end = function (this: ServerResponse, ...args: unknown[]) {
    const other = this.headersSent ? undefined : change(this, args[0] === undefined ? '' : String(args[0]));
    if (other === undefined) return end?.apply(this, args);
    changed.add(this);
    this.removeHeader('content-length');
    return end?.call(this, other);
  } as ServerResponse['end'];
}

const name = process.env.PROVE_PLANT ?? '';
const leak = LEAKS[name];
if (leak === undefined) throw new Error(`there is no plant “${name}”`);
leak(createTaps());
Object.assign(globalThis, { plant: { keeps: () => kept } });
