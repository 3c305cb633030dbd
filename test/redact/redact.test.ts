import fc from 'fast-check';
import { openText, sealText } from '../../src/model/text';
import type { Mention, Utterance } from '../../src/model/turn';
import type { Context, ContextMessage } from '../../src/redact/context';
import type { Found } from '../../src/redact/find/found';
import { redact } from '../../src/redact/redact';

const NONE = new Map();

const said = (words: string, mentions: readonly Mention[] = []): Utterance => ({ text: sealText(words), mentions });
const mention = (token: string, id: string, label?: string, kind: Mention['kind'] = 'person'): Mention => ({
  token: sealText(token),
  kind,
  id,
  ...(label !== undefined && { label: sealText(label) }),
});
const own = (words: string): ContextMessage => ({ from: 'asker', said: said(words) });

function context(parts: {
  readonly messages?: readonly ContextMessage[];
  readonly withheld?: readonly string[];
  readonly people?: Readonly<Record<string, readonly string[]>>;
}): Context {
  return {
    messages: parts.messages ?? [],
    withheld: (parts.withheld ?? []).map((words) => said(words)),
    people: Object.entries(parts.people ?? {}).map(([id, names]) => ({ id, names: names.map(sealText) })),
  };
}

function sent(question: string | Utterance, around: Context = context({}), direct = false): readonly string[] {
  const asked = typeof question === 'string' ? said(question) : question;
  return redact(asked, around, NONE, { direct }).messages.map(({ role, text }) => `${role}: ${openText(text)}`);
}

function asked(question: string | Utterance, around?: Context, direct?: boolean): string {
  return sent(question, around, direct).at(-1)?.replace('user: ', '') ?? '';
}

describe('redact: mentions', () => {
  it('replaces people, channels and groups, the same one by the same placeholder', () => {
    const question = said('<@U1> in <#C1|general> of <!subteam^S1>: <@U2>, <@U1>', [
      mention('<@U1>', 'U1'),
      mention('<#C1|general>', 'C1', 'general', 'conversation'),
      mention('<!subteam^S1>', 'S1', undefined, 'group'),
      mention('<@U2>', 'U2'),
    ]);
    expect(asked(question)).toBe('@person-1 in #channel-1 of @group-1: @person-2, @person-1');
  });

  it('tells two people of the same name apart by their order', () => {
    const question = said('@Aiko asks @Aiko', [mention('@Aiko', 'A1', 'Aiko'), mention('@Aiko', 'A2', 'Aiko')]);
    expect(asked(question)).toBe('@person-1 asks @person-2');
  });

  it('leaves out numbers that a person typed themselves, and does not restore those', () => {
    const redaction = redact(said('@person-1 is not <@U1>', [mention('<@U1>', 'U1', 'Ben')]), context({}), NONE, {
      direct: false,
    });
    expect(redaction.messages.map(({ text }) => openText(text))).toEqual(['@person-1 is not @person-2']);
    const restorer = redaction.restore();
    expect(openText(restorer.push(sealText('@person-1, @person-2. ')))).toBe('@person-1, @Ben. ');
  });
});

describe('redact: names', () => {
  const people = {
    B: ['Ben Carter', 'ben.c'],
    Y: ['山田 太郎'],
    S: ['佐藤花子'],
    K: ['ベン'],
    J: ['José Núñez'],
    W: ['Will May'],
    A: ['Anne-Marie'],
  };

  it.each([
    ['What did Ben say?', 'What did @person-1 say?'],
    ['BEN CARTER and ben and Carter’s plan', '@person-1 and @person-1 and @person-1’s plan'],
    ['benefit and Benjamin stay', 'benefit and Benjamin stay'],
    ['Benさんと話した', '@person-1さんと話した'],
    ['山田さん、太郎、山田太郎様、山田　太郎', '@person-1さん、@person-1、@person-1様、@person-1'],
    ['佐藤さんと花子ちゃんと佐藤花子', '@person-1さんと@person-1ちゃんと@person-1'],
    ['佐藤は多い名字', '佐藤は多い名字'],
    ['ベンさんはベンチにいる', '@person-1さんはベンチにいる'],
    ['Ｂｅｎ and jose nunez', '@person-1 and @person-2'],
    ['ask Anne‑Marie or Anne–Marie', 'ask @person-1 or @person-1'],
    ['It will rain in may, says Will', 'It will rain in may, says @person-1'],
    ['@Ben: hello', '@person-1: hello'],
  ])('reads %j as %j', (question, expected) => {
    expect(asked(question, context({ people }))).toBe(expected);
  });

  it('knows names from labels of mentions, in withheld messages as well', () => {
    const around: Context = { ...context({}), withheld: [said('<@U9> knows', [mention('<@U9>', 'U9', 'Dana Fox')])] };
    expect(asked('Is Dana right?', around)).toBe('Is @person-1 right?');
  });

  it('puts names back in the answer', () => {
    const redaction = redact(said('Is Ben right?'), context({ people }), NONE, { direct: false });
    const restorer = redaction.restore();
    expect(openText(restorer.push(sealText('@person-1 is right.')))).toBe('@Ben Carter is right.');
    expect(redaction.counts).toEqual({ mentions: 0, names: 1, quotes: 0, values: {} });
  });

  it('lets no whole name of a participant through', () => {
    const name = fc.constantFrom('Ben Carter', 'Dana Fox', '山田太郎', '佐藤花子', 'Zoë Å', '김철수');
    const filler = fc.constantFrom(' ', 'さんと', ', ', '\n', '。', ' said ', '"', '> ', '@');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, filler), { maxLength: 8 }), (parts) => {
        const all = {
          A: ['Ben Carter'],
          B: ['Dana Fox'],
          C: ['山田太郎'],
          D: ['佐藤花子'],
          E: ['Zoë Å'],
          F: ['김철수'],
        };
        const words = asked(parts.flat().join(''), context({ people: all }));
        expect(words).not.toMatch(/Ben|Carter|Dana|Fox|山田|太郎|佐藤|花子|Zoë|김철수/);
      }),
    );
  });
});

describe('redact: quotes', () => {
  const secret = 'The merger closes on Friday at noon';
  const around = context({ messages: [own('My budget is 40 euros')], withheld: [`${secret}\nshort line`] });

  it('withholds quoted lines of people who have not agreed, a run of them once', () => {
    expect(asked(`> ${secret}\n> and more\nIs it so?`, around)).toBe('> [quote withheld]\nIs it so?');
  });

  it("keeps quotes of what may be sent: the asker's own words, in any case and spacing", () => {
    expect(asked('> my  BUDGET is 40 euros\nIs it enough?', around)).toBe('> my  BUDGET is 40 euros\nIs it enough?');
  });

  it('does not let a quote in an own message prove a quote', () => {
    const quoted = context({ messages: [own(`> ${secret}`), own(`so: ${secret}`)], withheld: [secret] });
    expect(sent(`> ${secret}`, quoted).join('\n')).not.toContain('merger');
  });

  it('withholds copies without a quote mark', () => {
    expect(asked(`He said "the MERGER closes  on Friday at noon".`, around)).toBe('He said "[quote withheld]".');
    expect(
      asked('短い文章ですが全部引用しています。', context({ withheld: ['短い文章ですが全部引用しています'] })),
    ).toBe('[quote withheld]。');
  });

  it('withholds copies with other dashes, and quotes with the marks of mail programs', () => {
    const dashed = context({ withheld: ['the merger – of A-B and C - is on'] });
    expect(asked('he wrote: the merger — of A‑B and C − is on.', dashed)).toBe('he wrote: [quote withheld].');
    expect(asked('» secret words of somebody\n≫ 秘密です\nwhy?')).toBe('> [quote withheld]\nwhy?');
  });

  it('leaves short common words alone', () => {
    expect(asked('short line', around)).toBe('short line');
    expect(asked('ok thanks', context({ withheld: ['ok thanks'] }))).toBe('ok thanks');
  });

  it('withholds every quote where nothing was read, and none in a direct conversation', () => {
    expect(asked('＞ 秘密です\nなぜ？')).toBe('> [quote withheld]\nなぜ？');
    expect(asked('> anything', context({}), true)).toBe('> anything');
  });

  it('takes a line in a code fence for code, not for a quote', () => {
    expect(asked('```\n> npm test\n```\nWhy?')).toBe('```\n> npm test\n```\nWhy?');
  });

  it('counts what it withheld in the question', () => {
    expect(redact(said(`> x y z\n\n${secret}`), around, NONE, { direct: false }).counts.quotes).toBe(2);
  });
});

describe('redact: values', () => {
  const with_ = (question: Utterance, around: Context = context({}), direct = true) => {
    const words = openText(question.text);
    const found = [...words.matchAll(/[\w.]+@[\w.]+/gu)].map(
      ({ 0: { length }, index }): Found => ({ kind: 'email', from: index, to: index + length }),
    );
    return redact(question, around, new Map([[question.text, found]]), { direct });
  };
  const sentOf = (...asking: Parameters<typeof with_>): string =>
    openText(with_(...asking).messages.at(-1)?.text ?? sealText(''));

  it('come before names: an address is one value, whoever is in it', () => {
    const people = { B: ['Ben Carter'] };
    expect(sentOf(said('Ask Ben at ben.carter@example.com'), context({ people }))).toBe('Ask @person-1 at [email-1]');
  });

  it('come after mentions, which may look like one', () => {
    const question = said('ask ben@example.com', [mention('ben@example.com', 'U1')]);
    expect(sentOf(question)).toBe('ask @person-1');
    expect(with_(question).counts.values).toEqual({});
  });

  it('in a quote that is withheld are gone with it, and what is left of one that was cut is taken out as well', () => {
    expect(sentOf(said('> x@example.com said so\nwhy?'), context({}), false)).toBe('> [quote withheld]\nwhy?');
    const copied = context({ withheld: ['please write to somebody at his mail x'] });
    expect(sentOf(said('please write to somebody at his mail x.y@example.com'), copied)).toBe(
      '[quote withheld][email-1]',
    );
  });

  it('leave out placeholders that somebody typed, escaped or not, in the question or before', () => {
    const around = context({ messages: [own('I wrote [email-2] and \\[EMAIL-3\\]')] });
    expect(sentOf(said('[email-1] is not a@example.com, nor b@example.com'), around)).toBe(
      '[email-1] is not [email-4], nor [email-5]',
    );
  });

  it.each([
    '【email-1】',
    '［ＥＭＡＩＬ＿１］',
    '[email\u20111]',
    '(email 1)',
    'email-1',
    'E-Mail: 1',
    'em\u200bail-1',
    '[email-**1**]',
    '[email-01]',
    '\\[email\\-1\\]',
  ])('leave out a number that somebody in the thread typed in any costume: %s', (typed) => {
    const around = context({ messages: [{ from: 'person', id: 'B', said: said(`write ${typed} again`) }] });
    const redaction = with_(said('mine is a@example.com'), around);
    expect(redaction.messages.map(({ text }) => openText(text)).at(-1)).toBe('mine is [email-2]');
    const restorer = redaction.restore();
    const echo = openText(restorer.push(sealText(`${typed} [email-1] [email-2]`))) + openText(restorer.flush());
    expect(echo).toBe(`${typed} [email-1] a@example.com`);
  });

  it('are counted once each', () => {
    const { counts } = with_(said('a@example.com b@example.com a@example.com'));
    expect(counts.values).toEqual({ email: 2 });
  });
});

describe('redact: the prompt', () => {
  it('goes oldest first with the question last, and tells who speaks by placeholders', () => {
    const around = context({
      people: { B: ['Ben'] },
      messages: [
        { from: 'person', id: 'B', said: said('I am Ben') },
        { from: 'withheld' },
        own('Ask Ben'),
        { from: 'dejiren', said: said('@Ben knows') },
      ],
    });
    expect(sent('Why?', around)).toEqual([
      'user: @person-1: I am @person-1',
      'user: [message withheld]',
      'user: Ask @person-1',
      'assistant: @person-1 knows',
      'user: Why?',
    ]);
  });
});
