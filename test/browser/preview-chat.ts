import type { ConsentHandler } from '../../src/consent/consent';
import type { Notice } from '../../src/consent/notice';
import { consentCard } from '../../src/language/cards';
import type { TurnInbox, TurnSurface } from '../../src/model/adapter';
import { openText, sealSafeText } from '../../src/model/text';
import type { Turn } from '../../src/model/turn';
import { type LocalChat, startLocalChat } from '../adapters/local/local-chat';

const NOTICE: Notice = {
  id: 'a'.repeat(64),
  materialId: 'b'.repeat(64),
  vendor: 'preview',
  vendorName: 'Preview',
  route: { vendor: 'preview', endpoint: 'none', region: 'this-machine', model: 'preview', sharesForTraining: false },
  statements: [
    {
      key: 'retention',
      value: '0',
      text: { en: 'Nothing is sent, so nothing is kept.', ja: '何も送信されないため、何も保存されません。' },
      source: { title: 'dejiren', url: 'https://example.com/' },
      checkedOn: '2026-01-01',
      reviewBy: '2099-01-01',
    },
  ],
};

/** What the vendor in miniature answers. */
export const ANSWER = `Here is what a vendor **would** have been sent, to 5~7 people:

1. Your question, with names replaced by \`[person-1]\`
2. A pseudonym, never your name

- [x] asked
- [ ] answered

\`\`\`json
{ "role": "user", "text": "what would be sent if I asked this?" }
\`\`\`

| field | leaves this machine? | bytes |
| --- | --- | ---: |
| question | no | 0 |
| name | never | 0 |

The sum \\(a_1 + a_2\\) is ~~small~~ large:

\\[
\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}
\\]

See [https://example.com/a](https://example.com/a), \`https://example.com/?q=1\` or [a link](https://example.com/a?b=c);
![pixel](https://evil.example/p.png) loads nothing, and
<img src=x onerror="document.title='hacked'"> stays text. [odd](javascript:alert(1))
`;

export interface PreviewChat {
  readonly chat: LocalChat;
  /** Lets a held answer go on. */
  release(): void;
  /** Holds the next answers after their first words. */
  hold(): void;
}

/** The local chat with consent and a vendor in miniature: for the page's own behaviour, in a browser. */
export async function startPreviewChat(pageDir: string): Promise<PreviewChat> {
  const agreed = new Set<string>();
  const flights = new Map<string, (cause: 'stopped' | 'withdrawn') => void>();
  let gate = Promise.resolve();
  let open = (): void => undefined;

  const consent: ConsentHandler = {
    run(person, words) {
      const verb = openText(words).split(/\s/u)[0] ?? '';
      if (verb === 'off') {
        agreed.delete(person.id);
        flights.get(person.id)?.('withdrawn');
        return Promise.resolve({ kind: 'withdrawn', vendors: ['Preview'], all: true, already: false, undo: NOTICE });
      }
      if (verb !== 'status') return Promise.resolve({ kind: 'help', vendors: ['Preview'] });
      const state = agreed.has(person.id) ? 'agreed' : 'not-asked';
      const standing = { vendor: 'preview', vendorName: 'Preview', region: 'this-machine', since: undefined } as const;
      return Promise.resolve({ kind: 'status', states: [{ ...standing, state, inEffect: true }] });
    },
    act(person, { do: what }) {
      if (what !== 'grant')
        return Promise.resolve({ kind: 'notice', notice: NOTICE, agreed: agreed.has(person.id), opened: true });
      agreed.add(person.id);
      return Promise.resolve({
        kind: 'granted',
        notices: [NOTICE],
        already: false,
        validUntil: Date.UTC(2027, 10, 28),
      });
    },
    noticeShown: () => Promise.resolve(),
  };

  async function answer(turn: Turn, surface: TurnSurface): Promise<void> {
    const { person, language, message } = turn;
    if (!agreed.has(person.id)) {
      const view = { kind: 'ask', reason: 'first', notice: NOTICE, silence: 'asks-again' } as const;
      await surface.tellPrivately(consentCard(view, language, { ref: message, isReadable: true }));
      return;
    }
    const controller = new AbortController();
    const broken = Promise.withResolvers<'stopped' | 'withdrawn'>();
    let brokenBy: 'stopped' | 'withdrawn' | undefined;
    flights.set(person.id, (cause) => {
      brokenBy ??= cause;
      controller.abort();
      broken.resolve(cause);
    });
    const reply = surface.openReply({
      answerer: () => ({
        vendor: 'Preview',
        region: 'this-machine',
        model: 'preview',
        noticeId: NOTICE.id,
        asker: person.id,
      }),
      signal: controller.signal,
      mayPost: () => Promise.resolve(agreed.has(person.id)),
      brokenOff: () => brokenBy && { kind: brokenBy },
      errorId: () => 'k7f3qm',
      onFirstVisible: () => undefined,
    });
    const [head, ...rest] = ANSWER.match(/[\s\S]{1,60}/gu) ?? [];
    reply.write(sealSafeText(head ?? ''));
    const cause = await Promise.race([gate.then(() => undefined), broken.promise]);
    for (const piece of rest) if (cause === undefined) reply.write(sealSafeText(piece));
    await reply.end({ kind: cause ?? 'complete' });
    flights.delete(person.id);
  }

  const inbox: TurnInbox = {
    receive: (turn, surface) => void answer(turn, surface),
    stopIn() {},
    stop(person) {
      flights.get(person.id)?.('stopped');
      return 'stopped';
    },
  };
  const vendorLine = { vendor: 'preview', vendorName: 'Preview', region: 'this-machine', model: 'preview' };
  const chat = await startLocalChat({ inbox, consent, pageDir, vendorLine: () => vendorLine });
  return {
    chat,
    release: () => open(),
    hold() {
      const held = Promise.withResolvers<void>();
      gate = held.promise;
      open = held.resolve;
    },
  };
}
