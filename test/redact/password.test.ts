import { foundIn } from '../support/redaction';

describe('what somebody calls a password', () => {
  it.each([
    ['hunter22', 'pass: hunter22'],
    ['hunter22', 'pw=hunter22'],
    ['Abc123!', 'PWはAbc123!'],
    ['Ａｂｃ１２３！', 'ＰＷ：Ａｂｃ１２３！'],
    ['Abc123!', 'PW → Abc123!'],
    ['Abc123!', 'PW「Abc123!」'],
    ['0812', 'PW：0812'],
    ['hunter22', '(password: hunter22)'],
    ['Abc123!', '（PW：Abc123!）'],
    ['hunter22', 'the password is hunter22.'],
    ['Abc123!', 'pass word: Abc123!'],
    ['dragon99', 'pw dragon99 で入れません'],
    ['Abc123!', 'pass Abc123!'],
    ['Abc123!', 'パスワード Abc123!'],
    ['Abc123!', 'パスワード（初期）：Abc123!'],
    ['Abc123!', 'パスワードはこちら：Abc123!'],
    ['abc12345', 'パスは「abc12345」です'],
    ['Abc123!', '| パスワード | Abc123! |'],
    ['Abc123!', 'password\tAbc123!'],
    ['Abc123!', 'Password:\nAbc123!'],
    ['Abc123!', '**PW**: `Abc123!`'],
    ['Abc123!', '{"user":"a","pass":"Abc123!"}'],
    ['123456', '認証コードは123456です'],
    ['1234', 'PIN: 1234'],
    ['4821b9', 'pin code: 4821b9'],
    ['ABCDE-12345-FGHIJ-67890', 'license key: ABCDE-12345-FGHIJ-67890'],
    ['hunter22', 'ID: aiko PASS: hunter22'],
    ['Abc123!', 'admin / Abc123!'],
    ['Abc123!', 'admin/Abc123!'],
    ['Abc123!', 'admin:Abc123!'],
    ['toor99', 'root:toor99'],
    ['P@ssw0rd', 'administrator | P@ssw0rd'],
    ['Abc123!', '管理者 / Abc123!'],
    ['Winter!23', 'ID/PW: aiko / Winter!23'],
    ['hunter22', 'ID・パスワードは aiko / hunter22 です'],
    ['hunter22', 'ID/PASS＝aiko/hunter22'],
    ['Abc123!', 'ログイン情報：aiko / Abc123!'],
    ['hunter22', 'login: aiko / hunter22'],
    ['Winter#2024', 'user / Winter#2024'],
    ['Abc123!', 'curl -u aiko:Abc123! https://intra.example'],
    ['Abc123!', 'mysql -u root -pAbc123!'],
    ['YWRtaW46QWJjMTIz', 'Authorization: Basic YWRtaW46QWJjMTIz'],
  ])('%j is found in %j', async (value, words) => {
    expect(await foundIn(words)).toEqual([['secret', value]]);
  });

  it('is found beside the e-mail address that it belongs to', async () => {
    for (const between of [' / ', ':', '、'])
      expect((await foundIn(`aiko@example.com${between}hunter22`)).map(([kind]) => kind)).toEqual(['email', 'secret']);
  });

  it.each([
    'PASS: TestLogin2',
    '--- PASS: TestFoo1 (0.00s)',
    'PASS src/login2.test.ts',
    'pass: 1024 of 1030',
    'we pass arg1234 to it',
    'パス：C:\\Users\\abc1',
    'パス：/usr/local/bin2',
    'パスは s3://bucket1/x',
    'password is base64 encoded',
    'password reset2',
    'パスワードはSHA256でハッシュ化',
    'パスワードはWindows11では不要',
    'パスワードは2026年4月から変更',
    'パスワードは8文字以上',
    '認証コードは6桁',
    'password must be 8 to 64 characters',
    'React / Angular17!',
    'Vue3 / React18 / Angular17',
    'admin / user',
    'admin/index2',
    '/admin/users1',
    'root / node18',
    'page / Section2',
    'admin: version2 released',
    'bypass: v2.14',
    'compass: N45E10',
    'IPv4 / IPv6',
    'Tokyo / Osaka2!',
    'Q1 / Q2!',
  ])('is not %j', async (words) => {
    expect(await foundIn(words)).toEqual([]);
  });
});
