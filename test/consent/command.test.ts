import fc from 'fast-check';
import { commandIn, meantBy, parseConsentCommand } from '../../src/consent/command';
import { sealText } from '../../src/model/text';
import { VENDOR_WORDS } from '../../src/vendors/registry';

const parse = (words: string) => meantBy(parseConsentCommand(sealText(words)), VENDOR_WORDS);

describe('the words after /dejiren-optin', () => {
  it.each([
    ['', { do: 'toggle' }],
    ['  ', { do: 'toggle' }],
    ['on', { do: 'on', vendor: undefined }],
    ['ON', { do: 'on', vendor: undefined }],
    ['ｏｎ', { do: 'on', vendor: undefined }],
    ['“on”', { do: 'on', vendor: undefined }],
    ['on all', { do: 'on', vendor: 'all' }],
    ['on OpenAI.', { do: 'on', vendor: 'openai' }],
    ['off', { do: 'off', vendor: undefined }],
    ['off vertex', { do: 'off', vendor: 'vertex-ai' }],
    ['同意', { do: 'on', vendor: undefined }],
    ['オン すべて', { do: 'on', vendor: 'all' }],
    ['ｵﾌ', { do: 'off', vendor: undefined }],
    ['撤回', { do: 'off', vendor: undefined }],
    ['状態', { do: 'status' }],
    ['通知　openai', { do: 'notice', vendor: 'openai' }],
    ['ベンダー プレビュー', { do: 'vendor', vendor: 'preview' }],
    ['vendor ollama', { do: 'vendor', vendor: 'openai-compatible' }],
    ['vendor', { do: 'status' }],
    ['記録', { do: 'receipt', vendor: undefined }],
    ['控え　アマゾン', { do: 'receipt', vendor: 'bedrock' }],
    ['receipt Azure OpenAI', { do: 'receipt', vendor: 'azure-openai' }],
    ['export', { do: 'export', part: 1 }],
    ['エクスポート　２', { do: 'export', part: 2 }],
    ['export 12', { do: 'export', part: 12 }],
    ['export 0', { do: 'help' }],
    ['export all', { do: 'help' }],
    ['export 999999', { do: 'help' }],
    ['erase', { do: 'erase', confirmed: false }],
    ['消去 確認', { do: 'erase', confirmed: true }],
    ['help', { do: 'help' }],
    ['ヘルプ', { do: 'help' }],
    ['/dejiren-optin off', { do: 'off', vendor: undefined }],
    ['/DEJIREN-OPTIN　オン', { do: 'on', vendor: undefined }],
    ['「同意する」', { do: 'on', vendor: undefined }],
    ['同意、すべて。', { do: 'on', vendor: 'all' }],
    ['オフ グーグル', { do: 'off', vendor: 'vertex-ai' }],
    ['撤回する', { do: 'off', vendor: undefined }],
    ['説明', { do: 'notice', vendor: undefined }],
    ['ベンダー アマゾン', { do: 'vendor', vendor: 'bedrock' }],
    ['削除　はい', { do: 'erase', confirmed: true }],
    ['消去 たぶん', { do: 'help' }],
    ['erase all', { do: 'help' }],
    ['status openai', { do: 'help' }],
    ['off  \n azure!', { do: 'off', vendor: 'azure-openai' }],
    ['on nobody-knows', { do: 'on', vendor: 'nobody-knows' }],
    ['on constructor', { do: 'on', vendor: 'constructor' }],
    ['同意しません', { do: 'help' }],
    ['no thank you', { do: 'help' }],
    ['frobnicate', { do: 'help' }],
    ['on off on', { do: 'help' }],
    ['🎉 on', { do: 'on', vendor: undefined }],
    ['on ✅️', { do: 'on', vendor: undefined }],
    ['on👍🏽', { do: 'on', vendor: undefined }],
    [':+1: on :tada:', { do: 'on', vendor: undefined }],
    ['*off*', { do: 'off', vendor: undefined }],
    ['（オフ）', { do: 'off', vendor: undefined }],
    ['→ 状態', { do: 'status' }],
    ['o\u200bn', { do: 'on', vendor: undefined }],
    ['\u200b', { do: 'toggle' }],
    ['同意します', { do: 'on', vendor: undefined }],
    ['on Azure OpenAI', { do: 'on', vendor: 'azure-openai' }],
    ['off Google Vertex AI', { do: 'off', vendor: 'vertex-ai' }],
    ['ベンダー Amazon Bedrock', { do: 'vendor', vendor: 'bedrock' }],
    ['on azure bedrock', { do: 'help' }],
    ['vendor some other', { do: 'help' }],
    ['on some-other', { do: 'on', vendor: 'some-other' }],
    ['on?', { do: 'help' }],
    ['!!!', { do: 'help' }],
    ['“”', { do: 'help' }],
    ['🎉', { do: 'help' }],
    ['constructor', { do: 'help' }],
    ['__proto__', { do: 'help' }],
  ])('“%s”', (words, command) => {
    expect(parse(words)).toEqual(command);
  });

  it.each<[string, string]>([
    ['on', 'on in yes agree accept start optin opt-in オン 同意 同意する 同意します 開始 はい 有効'],
    [
      'off',
      'off out no stop withdraw revoke optout opt-out オフ 撤回 撤回する 撤回します 停止 やめる やめます いいえ 無効 解除',
    ],
    ['status', 'status state 状態 状況 ステータス vendor use ベンダー 提供元'],
    ['notice', 'notice terms 通知 説明 お知らせ データの取り扱い データの取扱い データ取り扱い 取り扱い'],
    ['receipt', 'receipt record 記録 証明 控え 受領証 レシート'],
    ['export', 'export download takeout エクスポート 書き出し 開示 ダウンロード'],
    ['erase', 'erase delete forget 消去 削除 消去する'],
    ['help', 'help ? ヘルプ 使い方'],
  ])('mean “%s” in each word that people say for it', (action, words) => {
    expect(words.split(' ').map((word) => [word, parse(word).do])).toEqual(
      words.split(' ').map((word) => [word, action]),
    );
  });

  it.each(['all', 'everything', 'すべて', '全て', '全部', 'すべて を'])('mean every vendor by “%s”', (all) => {
    expect([parse(`on ${all}`), parse(`off ${all}`), parse(`vendor ${all}`), parse(`notice ${all}`)]).toEqual([
      { do: 'on', vendor: 'all' },
      { do: 'off', vendor: 'all' },
      { do: 'vendor', vendor: 'all' },
      { do: 'notice', vendor: 'all' },
    ]);
  });

  it.each(['confirm', 'yes', '確認', 'はい', '実行'])('erase for good with “%s”', (word) => {
    expect(parse(`erase ${word}`)).toEqual({ do: 'erase', confirmed: true });
  });

  it.each([
    'on. openai',
    'on、openai',
    'on。openai',
    'on, openai',
    'on; openai',
    'on:openai',
    'on!openai',
    '"on" openai',
    "'on' 'openai'",
    '「on」「openai」',
    '『on』『openai』',
    '“on” ”openai‘',
    '‘on’ openai',
    '`on` *openai*',
    '~on~ <openai>',
    '(on) [openai]',
    '{on} {openai}',
    'on → openai ←',
    'on ⇒ openai.',
    'on   \t openai',
    'on :sparkles: openai',
    'on🎉openai',
    'on :100: openai',
    'on :a_b-c+d: openai',
    'on 🇯🇵 openai',
    'on を openai',
  ])('are told apart by signs and blanks: “%s”', (words) => {
    expect(parse(words)).toEqual({ do: 'on', vendor: 'openai' });
  });

  it('may be as many as a command can hold, and no more', () => {
    expect(parse(`on openai${' '.repeat(191)}`)).toEqual({ do: 'on', vendor: 'openai' });
    expect(parse(`on openai${' '.repeat(192)}`)).toEqual({ do: 'help' });
  });

  it('may name a part of an export of up to five digits', () => {
    expect(parse('export 99999')).toEqual({ do: 'export', part: 99_999 });
    expect([parse('export 100000'), parse('export 1x'), parse('export x1')]).toEqual(Array(3).fill({ do: 'help' }));
  });

  it('may begin with the command itself, and nothing that only begins like it', () => {
    expect(parse('  /dejiren-optin  off ')).toEqual({ do: 'off', vendor: undefined });
    expect(parse('/dejiren-optin')).toEqual({ do: 'toggle' });
    expect(parse('/dejiren-optinoff')).toEqual({ do: 'help' });
    expect(parse('on /dejiren-optin')).toEqual({ do: 'on', vendor: '/dejiren-optin' });
  });

  it('change nothing where they are signs alone', () => {
    const sign = fc.constantFrom(
      '!',
      '"',
      '「',
      '」',
      '*',
      '~',
      '(',
      ')',
      '🎉',
      '✅️',
      '👍🏽',
      '🇯🇵',
      ':tada:',
      '→',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(sign, { minLength: 1, maxLength: 8 }), (signs) => {
        const words = signs.join('');
        expect(parse(words)).toEqual({ do: words.trim() === '' ? 'toggle' : 'help' });
      }),
    );
  });

  it('always mean something, whatever they are, and never more than was said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (words) => {
        expect(['toggle', 'on', 'off', 'notice', 'vendor', 'erase', 'status', 'receipt', 'help']).toContain(
          parse(words).do,
        );
      }),
    );
    expect(parse('on '.repeat(100_000))).toEqual({ do: 'help' });
  });
});

describe('a message', () => {
  it.each([
    ['/dejiren-optin', ''],
    ['/dejiren-optin off', 'off'],
    ['  /Dejiren-Optin   Off ', 'Off'],
    ['Dejiren-optin off', 'off'],
    ['dejiren-optin', ''],
    ['／ｄｅｊｉｒｅｎ－ｏｐｔｉｎ　オフ', 'オフ'],
    ['/dejiren\u200b-optin status', 'status'],
    ['/dejiren-opt-in off', 'help'],
    ['/dejiren-optn off', 'help'],
    ['/dejiren', 'help'],
    ['/dejiren off', 'help'],
    ['help', 'help'],
    ['/Help', 'help'],
    ['ヘルプ', 'help'],
    ['/ヘルプ', 'help'],
    [' help\u200b ', 'help'],
    ['/dejiren-optin\n off\n all', 'off\n all'],
    ['/dejiren-optin\u3000off\u3000', 'off'],
  ])('“%s” says “%s” to the command', (message, words) => {
    expect(commandIn(message)).toBe(words);
  });

  it.each([
    '',
    'help me, please',
    'dejiren is what?',
    'what does /dejiren-optin do?',
    'dejiren-optinal',
    '/etc/hosts: what is it?',
    'helpful',
    'please help',
    'dejiren',
    'see /dejiren-optin',
  ])('“%s” is no command', (message) => {
    expect(commandIn(message)).toBeUndefined();
  });
});
