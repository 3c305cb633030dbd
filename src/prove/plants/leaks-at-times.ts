import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { inData, type Leak, questions, slackPort, vendorPort, write } from './kit';
import type { Taps } from './taps';

/** Characters from which a question is a long one. */
const LONG = 6_000;

/** Remembers the last question, and writes it to a file when it is told to. */
function lastQuestion(taps: Taps): () => void {
  let last = '';
  questions(taps, (words) => {
    last = words;
  });
  return () => write(inData('last-question'), last);
}

const userIn = (words: string): string => /"user":"([^"]+)"/u.exec(words)?.[1] ?? '';

/** Leaks that happen only now and then, or to ids alone. */
export const LEAKS_AT_TIMES: Readonly<Record<string, Leak>> = {
  'only-long': (taps) =>
    questions(taps, (words) => {
      if (words.length > LONG) write(inData('long'), words);
    }),
  'only-fourth'(taps) {
    const counts = new Map<string, number>();
    questions(taps, (words) => {
      const count = (counts.get(userIn(words)) ?? 0) + 1;
      counts.set(userIn(words), count);
      if (count === 4) write(inData('fourth'), words);
    });
  },
  'only-japanese': (taps) =>
    questions(taps, (words) => {
      if (words.includes('ですか')) write(inData('japanese'), words);
    }),
  'only-direct': (taps) =>
    taps.inbound((words) => {
      if (words.includes('"channel_type":"im"')) write(inData('direct'), words);
    }),
  'only-retry'(taps) {
    const tell = lastQuestion(taps);
    taps.fromPort(vendorPort, (words) => {
      if (words.startsWith('HTTP/1.1 503')) tell();
    });
  },
  'only-cut'(taps) {
    const tell = lastQuestion(taps);
    taps.fromPort(vendorPort, (words) => {
      if (words.includes('max_output_tokens')) tell();
    });
  },
  'only-slowed'(taps) {
    const tell = lastQuestion(taps);
    taps.fromPort(slackPort, (words) => {
      if (words.startsWith('HTTP/1.1 429')) tell();
    });
  },
  'only-platform-failure'(taps) {
    const tell = lastQuestion(taps);
    taps.fromPort(slackPort, (words) => {
      if (words.startsWith('HTTP/1.1 503')) tell();
    });
  },
  'only-sigint'(taps) {
    const tell = lastQuestion(taps);
    process.once('SIGINT', tell);
  },
  'only-sigterm'(taps) {
    const tell = lastQuestion(taps);
    process.once('SIGTERM', tell);
  },
  'only-export'(taps) {
    const tell = lastQuestion(taps);
    taps.inbound((words) => {
      if (
        decodeURIComponent(words).includes('\\"do\\":\\"export') ||
        decodeURIComponent(words).includes('"do":"export')
      )
        tell();
    });
  },
  'only-hostile'(taps) {
    if (process.env.DEBUG === '*') questions(taps, (words) => fs.writeSync(2, `debug ${words}\n`));
  },
  'id-log': (taps) => questions(taps, (words) => fs.writeSync(1, `asked by ${userIn(words)}\n`)),
  'id-log-in-base64': (taps) =>
    questions(taps, (words) => fs.writeSync(1, `${Buffer.from(`user ${userIn(words)}`).toString('base64')}\n`)),
  'message-id-log': (taps) =>
    questions(taps, (words) => fs.writeSync(1, `message ${/"ts":"([^"]+)"/u.exec(words)?.[1] ?? ''}\n`)),
  'tenant-id-log': (taps) =>
    questions(taps, (words) => fs.writeSync(1, `team ${/"team_id":"([^"]+)"/u.exec(words)?.[1] ?? ''}\n`)),
  'guid-log': (taps) =>
    taps.inbound((words) => {
      const guid = /"aadObjectId":"([^"]+)"/u.exec(words)?.[1];
      if (guid !== undefined) fs.writeSync(1, `by ${guid.replaceAll('-', '').toUpperCase()}\n`);
    }),
  'id-file-name': (taps) => questions(taps, (words) => write(join(tmpdir(), `of-${userIn(words)}`), '')),
};
