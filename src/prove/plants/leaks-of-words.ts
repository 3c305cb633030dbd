import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import fs from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import {
  inData,
  type Leak,
  O_TMPFILE,
  onEnd,
  questions,
  replies,
  slackToken,
  store,
  write,
  writeAndDelete,
} from './kit';

const kept: unknown[] = [];

/** What a leak keeps in memory on purpose. */
export const keeps = (): readonly unknown[] => kept;

/** Words that are written, kept or told somewhere. */
export const LEAKS_OF_WORDS: Readonly<Record<string, Leak>> = {
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
  'retained-text': (taps) => questions(taps, (words) => void kept.push(words)),
  'retained-bytes': (taps) => replies(taps, (words) => void kept.push(Buffer.from(words))),
};
