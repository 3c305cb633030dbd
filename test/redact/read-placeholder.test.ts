import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';
import { NAMES, restore } from '../support/restorer';

describe('a placeholder in brackets, or with a sign', () => {
  it.each([
    ['Ask @person-1.', 'Ask @Ben.'],
    ['@person-12さん and @person-1', '@山田さん and @Ben'],
    ['@Person-1 in #channel-1 of @group-1', '@Ben in #general of @team'],
    ['@person-2, @person-123 and @person-12345 are nobody', '@person-2, @person-123 and @person-12345 are nobody'],
    ['[email-1], \\[email-12\\], [Email-1]', 'a@example.com, b@example.com, a@example.com'],
    ['[[my-number-1]](x)', '[1234 5678 9018](x)'],
    ['C:\\[email-1] and [email-1\\]', 'C:\\a@example.com and a@example.com'],
    ['[email-2], [email-], [e-male-1], [email-x', '[email-2], [email-], [e-male-1], [email-x'],
    ['email[1], [email-1234567]', 'email[1], [email-1234567]'],
    ['[[email-1]](mailto:%5Bemail-1%5D), 100%5', '[a@example.com](mailto:a@example.com), 100%5'],
    ['[email-1](mailto:email-1)', 'a@example.com(mailto:a@example.com)'],
    ['@[person-1], ＠【person-1】 and #[person-1]', '@Ben, @Ben and #@Ben'],
    ['[email-1]様、my-number-1の件', 'a@example.com様、1234 5678 9018の件'],
  ])('reads %j as %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
    expect(restore([...answer])).toBe(shown);
  });

  it.each([
    ['a no-break hyphen', '[email\u20111], @person\u20111'],
    ['other dashes', '[email–1], @person—1'],
    ['a minus sign, a soft hyphen', '[email−1], @person\u00ad1'],
    ['an underscore', '[email_1], @person_1'],
    ['a space', '[email 1], @person 1'],
    ['a no-break space', '[email\u00a01], @person\u00a01'],
    ['nothing between', '[email1], @person-1'],
    ['e-mail', '[e-mail-1], @person-1'],
    ['full width', '［ｅｍａｉｌ－１］, ＠ｐｅｒｓｏｎ－１'],
    ['a full-width underscore', '［ｅｍａｉｌ＿１］, ＠ｐｅｒｓｏｎ＿１'],
    ['a full-width backslash and dots', '［email＼−１］, @person．-1'],
    ['full-width brackets', '［email-1］, ＠person-1'],
    ['thick brackets', '【email-1】, @person-1'],
    ['tortoise brackets', '〔email-1〕, @person-1'],
    ['brackets that do not fit', '【email-1], @person-1'],
    ['colons, dots', '[email:1], @person-1'],
    ['dots', '[email・1], @person-1'],
    ['the person in brackets', '[email-1], [person-1]'],
    ['spaces inside', '[ email-1 ], @person-1'],
    ['capitals', '[EMAIL-1], @PERSON-1'],
    ['backslashes', '\\[email\\-1\\], @person\\-1'],
    ['a backslash before the underscore', '[email\\_1], @person\\_1'],
    ['emphasis inside', '[**email-1**], @person-1'],
    ['code inside', '[`email-1`], @person-1'],
    ['zero-width spaces', '[em\u200bail\u200b-1\u200b], @per\u200dson-1'],
    ['zeros before', '[email-01], @person-01'],
    ['mathematical letters', '[𝐞𝐦𝐚𝐢𝐥-𝟏], @𝐩𝐞𝐫𝐬𝐨𝐧-𝟏'],
    ['wave and long vowel marks', '[email〜1], @personー1'],
  ])('knows a placeholder with %s, whole and in single characters', (_form, answer) => {
    expect(restore([answer])).toBe('a@example.com, @Ben');
    expect(restore([...answer])).toBe('a@example.com, @Ben');
  });

  it.each([
    ['**[email-1]** and *@person-1*', '**a@example.com** and *@Ben*'],
    ['`[email-1]`, ~~@person-1~~, __[email-1]__', '`a@example.com`, ~~@Ben~~, __a@example.com__'],
    ['「[email-1]」と（@person-1）', '「a@example.com」と（@Ben）'],
    [
      '（email-1）、「email 1」、<email-1>、{email_1}、(email\\_1)',
      '（a@example.com）、「a@example.com」、<a@example.com>、{a@example.com}、(a@example.com)',
    ],
    ['（person-1）さん', '（@Ben）さん'],
    ['[@person-1] 【[email-1]】', '[@Ben] 【a@example.com】'],
    ['[MY_NUMBER_1] [my number 1] ［ｍｙ－ｎｕｍｂｅｒ－１］', '1234 5678 9018 1234 5678 9018 1234 5678 9018'],
    ['*@person-1*2, @person-1-2, @person-1 2', '*@Ben*2, @Ben-2, @Ben 2'],
  ])('leaves what stands around one: %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
    expect(restore([...answer])).toBe(shown);
  });

  it.each([
    '#person-1, ＃person-1, @channel-1 and #group-1',
    '@ person-1x, [channel-2], #channel-2 and @group-12',
    '[email%5-1], [email%-1], %5Bemail-1, [email-1%',
    '[email!1], [email x 1], [e-mail one], [-1]',
    '(email  1), (group-1), (channel 1), ( email 1), {email: 1}',
  ])('is none in %j', (answer) => {
    expect(restore([answer])).toBe(answer);
    expect(restore([...answer])).toBe(answer);
  });

  it.each([
    ['@@person-1 and ##channel-1', '@@Ben and ##general'],
    ['[email\n1], [email\t-\r\n1] and @person\t1', 'a@example.com, a@example.com and @Ben'],
    ['\\[email-1] and \\【email-1\\】', '\\a@example.com and a@example.com'],
    ['@[email-1] and #[channel-1]', '@a@example.com and #general'],
  ])('is the one in %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
    expect(restore([...answer])).toBe(shown);
  });

  it.each([
    '[',
    '[ -',
    '[e',
    '[e-',
    '[e-m',
    '[my - num',
    '[email',
    '[email #1',
    '[email-1 -',
    '[channel',
    '(my-number ',
    '(person-1',
    '（ｅｍａｉｌ',
    '@',
    '@gro',
    '@person-',
    '@person-1',
    '#ch',
    '\\[',
    '@[',
    '%',
    '%5',
    '%5Bemail-1%5',
    `[email${' '.repeat(65)}`,
  ])('is waited for after %j', (begun) => {
    const restorer = createRestorer(NAMES);
    expect(openText(restorer.push(sealText(`x ${begun}`)))).toBe('x ');
  });

  it.each([
    'hello',
    '[x',
    '[extra',
    '[abcde',
    '[email x',
    '[email x1',
    '[email-1x',
    '[email!',
    '( x',
    '(-email',
    '(grou',
    '(email x1',
    '(email-1x',
    '(email 1 ',
    '@ema',
    '@-person',
    '@person x1',
    '100% of',
    '%5x',
    'a\\b z',
    'a@b z',
    `[email${' '.repeat(66)}`,
    `[em${'\u200b'.repeat(80)}`,
  ])('is not waited for after %j', (words) => {
    expect(openText(createRestorer(NAMES).push(sealText(`x ${words}`)))).toBe(`x ${words}`);
  });
});
