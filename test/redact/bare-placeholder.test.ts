import { restore } from '../support/restorer';

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
    'the e-mail of 1 May, mail-1',
    '__email-1__x',
  ])('leaves what is something else: %j', (answer) => {
    expect(restore([answer])).toBe(answer);
    expect(restore([...answer])).toBe(answer);
  });
});
