import { foundIn } from '../support/redaction';

describe('tables whose head says what is below', () => {
  it.each([
    ['氏名,口座番号,内容\n田中,1234567,済\n佐藤,7654321,未', ['account 1234567', 'account 7654321']],
    ['| name | password |\n| --- | --- |\n| a | tiger |\n| b | hunter22 |', ['secret tiger', 'secret hunter22']],
    ['id;ssn;x\n1;123456789;a\n2;987654321;b', ['id-number 123456789', 'id-number 987654321']],
    ['"name","passport no"\n"a, b","TK1234567"', ['passport TK1234567']],
    ['氏名\t電話\t住所\n田中\t3264-1234\t銀座4-6-16', ['phone 3264-1234', 'address 銀座4-6-16']],
    ['社員,基礎年金番号\r\n田中,1234-567890\r\n', ['id-number 1234-567890']],
  ])('%j', async (words, expected) => {
    expect((await foundIn(words)).map(([kind, value]) => `${kind} ${value}`)).toEqual(expected);
  });

  it.each([
    '項目,金額\n電話,1234567\n住所,5000',
    '電話,備考\nなし,2024-01-01\n\n1,1234567',
    'password,required\nyes,no\ntrue,false',
    '| password | x |\n| ---- | ---- |',
    '口座番号\n見出しだけ',
  ])('%j holds none', async (words) => {
    expect(await foundIn(words)).toEqual([]);
  });
});

describe('numbers beside others in lists and files', () => {
  it.each([
    ['①090-1234-5678②03-3264-1234', ['phone', 'phone']],
    ['1.090-1234-5678 2.03-3264-1234', ['phone', 'phone']],
    ['phone_09012345678.txt', ['phone']],
    ['カード4111111111111111有効期限1227CVV123', ['card', 'card']],
    ['<password>Abc123xyz</password>', ['secret']],
    ['口座番号1234567名義タナカ', ['account']],
    ['パスポート\nTK1234567', ['passport']],
    ['免許証番号\n301234567890', ['id-number']],
    ['https://x.example/?email=taro%40example.com&tel=09012345678', ['email', 'phone']],
    ['"mail":"taro\\u0040example.com"', ['email']],
    ['1\t田中\t090-1234-5678\t4111111111111111\t123456789018', ['phone', 'card', 'my-number']],
    ['田中太郎,東京都港区赤坂1-2-3,090-1234-5678,普通,1234567', ['address', 'phone', 'account']],
  ])('%j', async (words, kinds) => {
    expect((await foundIn(words)).map(([kind]) => kind)).toEqual(kinds);
  });
});
