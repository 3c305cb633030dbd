import { openText, sealText } from '../../src/model/text';
import type { Mention, Utterance } from '../../src/model/turn';
import type { Context } from '../../src/redact/context';
import type { Found } from '../../src/redact/find/found';
import { type Redaction, redact } from '../../src/redact/redact';

const NOTHING: Context = { messages: [], withheld: [], people: [] };
const said = (words: string, mentions: readonly Mention[] = []): Utterance => ({ text: sealText(words), mentions });
const mention = (token: string, id: string, label?: string, kind: Mention['kind'] = 'person'): Mention => ({
  token: sealText(token),
  kind,
  id,
  ...(label !== undefined && { label: sealText(label) }),
});

/** Everything that looks like an address is found. */
function redacted(question: Utterance, context: Context = NOTHING): Redaction {
  const found = [...openText(question.text).matchAll(/[\w.]+@[\w.]+/gu)].map(
    ({ 0: { length }, index }): Found => ({ kind: 'email', from: index, to: index + length }),
  );
  return redact(question, context, new Map([[question.text, found]]), { direct: false });
}

const sent = (redaction: Redaction): string => openText(redaction.messages.at(-1)?.text ?? sealText(''));

function shown(redaction: Redaction, answer: string): string {
  const restorer = redaction.restore();
  return openText(restorer.push(sealText(answer))) + openText(restorer.flush());
}

describe('what is shown for a mention', () => {
  it('is its label, with one mark of its own, for channels and groups as well', () => {
    const question = said('<@U1> in <#C1> of <!S1>', [
      mention('<@U1>', 'U1', ' ＠@ Ben '),
      mention('<#C1>', 'C1', '#general', 'conversation'),
      mention('<!S1>', 'S1', 'team', 'group'),
    ]);
    expect(shown(redacted(question), '@person-1 in #channel-1 of @group-1.')).toBe('@Ben in #general of @team.');
  });

  it('is the first label that is known, a blank one not being any', () => {
    const question = said('<@U1> <@U1> <@U2>', [
      mention('<@U1>', 'U1', '@ '),
      mention('<@U1>', 'U1', 'Ben'),
      mention('<@U1>', 'U1', 'Benjamin'),
      mention('<@U2>', 'U2', '＃'),
    ]);
    expect(shown(redacted(question), '@person-1 and @person-2')).toBe('@Ben and @person-2');
  });

  it('is the placeholder where the platform tells no name', () => {
    const context: Context = { ...NOTHING, people: [{ id: 'U1', names: [] }] };
    expect(shown(redacted(said('<@U1>?', [mention('<@U1>', 'U1')]), context), '@person-1!')).toBe('@person-1!');
  });
});

describe('mentions in words', () => {
  it('are told from others that begin with the same characters', () => {
    const question = said('@Ben Carter and @Ben', [
      mention('@Ben', 'U1', 'Ben'),
      mention('@Ben Carter', 'U2', 'Ben C.'),
    ]);
    const redaction = redacted(question);
    expect(sent(redaction)).toBe('@person-1 and @person-2');
    expect(shown(redaction, '@person-1 and @person-2.')).toBe('@Ben C. and @Ben.');
    expect(redaction.counts.mentions).toBe(2);
  });

  it('of people of the same name are told apart by their order, also beside a longer one and without a space', () => {
    const mentions = [
      mention('@Ben', 'U1', 'Ben of sales'),
      mention('@Ben Carter', 'U2', 'Ben Carter'),
      mention('@Ben', 'U3', 'Ben of support'),
    ];
    const redaction = redacted(said('@Ben Carter, @Ben@Ben', mentions));
    expect(sent(redaction)).toBe('@person-1, @person-2@person-3');
    expect(shown(redaction, '@person-1, @person-2, @person-3.')).toBe('@Ben Carter, @Ben of sales, @Ben of support.');
  });

  it('of channels are no names of people: the word stays', () => {
    const question = said('<#C1> is about Orion, and Orion is late', [mention('<#C1>', 'C1', 'Orion', 'conversation')]);
    expect(sent(redacted(question))).toBe('#channel-1 is about Orion, and Orion is late');
  });

  it('that are nowhere in the words replace nothing', () => {
    expect(sent(redacted(said('hello', [mention('', 'U1', 'Ben'), mention('<@U2>', 'U2')])))).toBe('hello');
  });

  it('leave values beside them where they are, before, after and without a space between', () => {
    const question = said('<@U1> mails a@example.com daily', [mention('<@U1>', 'U1')]);
    expect(sent(redacted(question))).toBe('@person-1 mails [email-1] daily');
    const close = redacted(said('a@example.com<@U1>b@example.com', [mention('<@U1>', 'U1')]));
    expect(sent(close)).toBe('[email-1]@person-1[email-2]');
    expect(close.counts).toEqual({ mentions: 1, names: 0, quotes: 0, values: { email: 2 } });
  });
});

it('a message of somebody who has not agreed proves no quote', () => {
  const context: Context = { ...NOTHING, messages: [{ from: 'withheld' }] };
  const redaction = redacted(said('> the budget is forty thousand\nwhy?'), context);
  expect(redaction.messages.map(({ text }) => openText(text))).toEqual([
    '[message withheld]',
    '> [quote withheld]\nwhy?',
  ]);
});
