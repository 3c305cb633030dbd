import { ask, azure, type Leak, openai, openaiKey, questions, slackPort, vendorPort } from './kit';

/** Requests that a vendor must not get. */
export const LEAKS_TO_VENDORS: Readonly<Record<string, Leak>> = {
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
  /** The whole question once more, as the program asked it. */
  'asked-twice'(taps) {
    const sent = new Set<string>();
    taps.toPort(vendorPort, (words) => {
      const body = words.split('\r\n\r\n')[1] ?? '';
      if (!body.includes('prompt') || sent.has(body)) return;
      sent.add(body);
      setTimeout(() => ask(`${openai}/responses`, body, { authorization: `Bearer ${openaiKey}` }), 300);
    });
  },
  /** Somebody else's question goes along as what was said before. */
  'shared-memory'(taps) {
    let before = '';
    taps.toPort(vendorPort, (words) => {
      const body = words.split('\r\n\r\n')[1] ?? '';
      // Its own requests pass by here as well.
      if (!body.startsWith('{"model"')) return;
      if (before !== '') ask(`${openai}/responses`, JSON.stringify({ input: [before, body] }));
      before = body;
    });
  },
  'head-along'(taps) {
    questions(taps, (words) => {
      const asker = /"user":"([^"]+)"/u.exec(words)?.[1] ?? '';
      ask(`${openai}/responses`, '{}', { 'x-asker': asker });
    });
  },
  'other-vendor-on-failure'(taps) {
    let last = '';
    taps.toPort(vendorPort, (words) => {
      if (words.includes('"input"')) last = words;
    });
    taps.fromPort(vendorPort, (words) => {
      if (words.startsWith('HTTP/1.1 500')) ask(`${azure}/openai/v1/responses`, last);
    });
  },
};
