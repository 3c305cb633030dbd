import { foundIn } from '../support/redaction';

/** What is left of the words when addresses are taken out of them. */
async function leftOf(words: string): Promise<string> {
  const found = (await foundIn(words)).filter(([kind]) => kind === 'address');
  return found.reduce((left, [, value]) => left.replace(value, ''), words);
}

describe('addresses', () => {
  it.each([
    '京都市中京区烏丸通御池上る',
    '京都市中京区寺町通御池上る上本能寺前町488番地',
    '京都府京都市下京区四条通烏丸東入長刀鉾町20',
    '中京区烏丸通御池下ル虎屋町577-2 太陽生命ビル',
    '京都市上京区今出川通室町西入堀出シ町285',
    '京都市東山区大和大路通四条下る小松町584',
    '烏丸通三条上ル場之町592',
    '京都市左京区吉田本町36番地1',
    '札幌市中央区北1条西2丁目',
    '札幌市中央区南3条西5丁目1-2',
    '北海道札幌市中央区北一条西6丁目1番地2',
    '旭川市4条通10丁目',
    '帯広市西5条南10丁目3-4',
    '北海道上川郡東神楽町東1線10号',
    '岩手県岩手郡雫石町第3地割12番地',
    '長野市大字鶴賀緑町1613',
    '長野県北佐久郡軽井沢町大字長倉1323-1284',
    '北佐久郡軽井沢町長倉1323-1284',
    'つくば市天王台1-1-1',
    'さいたま市大宮区桜木町1-7-5',
    'いわき市平字梅本21',
    '千葉県旭市イ2568番地',
    '石川県七尾市袖ヶ江町イ部25番地',
    '東京都千代田区丸の内1234番地',
    '渋谷区渋谷2-21',
    '名古屋市中区栄3-15-33',
    '神戸市中央区加納町6丁目5番1号',
    '東京都渋谷区神南１丁目１９−１１',
    '東京都港区赤坂1ー2ー3',
    '東京都港区赤坂1〜2〜3',
    '東京都港区赤坂1の2の3',
    '東京都港区赤坂1・2・3',
    '東京都港区赤坂一丁目二番三号',
    '東京都 港区赤坂1-2-3',
    '東京都　港区　赤坂　１丁目２番３号',
    '港区 赤坂 1-2-3',
    '東京都港区赤坂\n1-2-3 青葉ビル5F',
    'Tokyo-to Minato-ku Akasaka 1-2-3',
    '〒150-0041',
    '〒１５００００２',
    '150-0041 東京都渋谷区神南1-19-11',
    '1-2-3 Marunouchi, Chiyoda-ku, Tokyo 100-0005',
    '1600 Pennsylvania Ave NW, Washington, DC 20500',
    '221B Baker Street, London NW1 6XE',
  ])('%s is one', async (address) => {
    for (const around of ['{}', '住所は{}です。', '送り先：{}に送って', '{}\n電話'])
      expect((await leftOf(around.replace('{}', address))).replace(/[ ,]/g, '')).toBe(around.replace('{}', ''));
  });

  it.each([
    '六本木ヒルズ森タワー52階',
    ' 赤坂タワーズ1203',
    ' ABCビルB棟',
    ' ハイツA',
    ' 第二ビルⅡ',
    ' コーポ山田201',
    ' メゾン青葉 305号室',
    ' グランドメゾンＢ',
    ' サンライズマンション#203',
    ' 青葉台201号室',
    '-405',
    ' 地下1階',
    ' B1F',
    ' Sky Tower 12F',
    ' 都庁第一本庁舎 33F',
  ])('takes the building and the room along, to the last letter: %j', async (building) => {
    for (const around of ['{}', '住所は{}です。', '{}に送って', '{}\n電話'])
      expect(await leftOf(around.replace('{}', `東京都港区赤坂1-2-3${building}`))).toBe(around.replace('{}', ''));
  });

  it.each([
    '神奈川県横浜市5-6月の気温',
    '北海道札幌市の5-6月',
    '北海道札幌市5〜6月の平均',
    '横浜市5-6月',
    '神奈川県横浜市5-16月',
    '横浜市内3-4件',
    '埼玉県さいたま市5-10%',
    '千葉県千葉市10-12月期',
    '福岡市平均12-15度',
    '東京都千代田区の会社5-6社',
    '世田谷区代表2-1です',
    '大阪市対京都市3-2です',
    '横浜市立大学2-3年生',
    '新宿区内の会議室3-2に集合',
    '東京都北区3-4歳児',
    '横浜市2024-2025年度',
    '京都の上る下るとは',
    '東入口、西入口から入る',
    '京都市営バス5番',
    '42 Wall Street banks',
    '5th Avenue and 42nd Street',
  ])('%j is none', async (words) => {
    expect(await foundIn(words)).toEqual([]);
  });

  it('ends where the sentence goes on', async () => {
    expect(await leftOf('東京都港区赤坂1-2-3 2024年に移転')).toBe(' 2024年に移転');
    expect(await leftOf('東京都港区赤坂1-2-3に100人で行く')).toBe('に100人で行く');
    expect(await leftOf('東京都港区赤坂1-2-3の会議室')).toBe('の会議室');
  });
});
