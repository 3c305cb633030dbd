import { openText, sealText } from '../../src/model/text';
import { createRestorer } from '../../src/redact/restore';
import { NAMES, restore } from '../support/restorer';

describe('a placeholder among words', () => {
  it.each([
    'email-1',
    'EMAIL-1',
    'Email\u20111',
    'ｅｍａｉｌ－１',
    'email–1',
    'email−1',
    'email—1',
    'emailー1',
    'e-mail-1',
    'email\\-1',
  ])('knows %j among words, without any brackets', (written) => {
    const value = 'a@example.com';
    for (const [before, after] of [
      ['', ''],
      ['Write to ', '.'],
      ['宛先は', 'です'],
      ['', '様'],
      ['Is it ', '? Yes'],
      ['**', '**'],
      ['*', '*,'],
      ['__', '__'],
      ['(_', '_)'],
      ['`', '`'],
      ['~~', '~~'],
      ['“', '”'],
      ['«', '»'],
      ['[', ', or another]'],
      ['|', '|'],
      ['- ', "'s"],
      ['mailto:', ' '],
      ['&lt;', '&gt;'],
    ] as const) {
      const [answer, shown] = [`x ${before}${written}${after}`, `x ${before}${value}${after}`];
      expect(restore([answer])).toBe(shown);
      expect(restore([...answer])).toBe(shown);
    }
  });

  it.each([
    ['my\u2011number\u20111 and ＭＹ－ＮＵＭＢＥＲ－１', '1234 5678 9018 and 1234 5678 9018'],
    ['email-12, email-１２ and person-12', 'b@example.com, b@example.com and @山田'],
  ])('knows every dash and all digits of one: %j', (answer, shown) => {
    expect(restore([answer])).toBe(shown);
    expect(restore([...answer])).toBe(shown);
  });

  it('knows a number with a zero in it', () => {
    const restorer = createRestorer(new Map([['[email-10]', 'c@example.com']]));
    expect(openText(restorer.push(sealText('email-10 and email-1０ or email-1 ')))).toBe(
      'c@example.com and c@example.com or email-1 ',
    );
  });

  it('holds back what may become one, and nothing else', () => {
    const restorer = createRestorer(NAMES);
    const push = (piece: string): string => openText(restorer.push(sealText(piece)));
    expect(push('Write to em')).toBe('Write to ');
    expect(push('ployees, or my')).toBe('employees, or ');
    expect(push('-number')).toBe('');
    expect(push('-1')).toBe('');
    expect(push('! ema\\')).toBe('1234 5678 9018! ema');
    expect(push('x')).toBe('\\x');
    expect(push(' email-1.')).toBe(' ');
    expect(push(' At last e-mail\\')).toBe('a@example.com. At last ');
    expect(push('-1')).toBe('');
    expect(openText(restorer.flush())).toBe('a@example.com');
  });

  it.each([
    '<input id="email-1" name=email-1>',
    "document.querySelector('#email-1, .email-1')",
    'const email_1 = form.email_1',
    'email 1: a first draft',
    'Email 1\nEmail 2',
    'my-email-1, email-1-2, email-10, email-01, email-1a, xemail-1',
    'email-1.png, email-1@example.org, https://example.org/email-1, email-1/x',
    'email-1=2 and $email-1',
    'db.find({email: 1}, {email:1})',
    'channel-1, group-1 and #person-1',
    'myxnumber-1, my number-1 and my.number-1',
    'the e-mail of 1 May, mail-1',
    '__email-1__x',
  ])('leaves what is something else: %j', (answer) => {
    expect(restore([answer])).toBe(answer);
    expect(restore([...answer])).toBe(answer);
  });
});
