import { createNotice, type Notice } from '../../../src/consent/notice';
import type { Language } from '../../../src/model/turn';
import { noticePracticeOf } from '../../../src/settings/notice-practice';
import type { Settings } from '../../../src/settings/settings';
import { DATA_HANDLING } from '../../../src/vendors/registry';
import { aFolder, aSpokenVendor, startDejiren } from '../../support/dejiren';
import type { Author } from '../frame';

/** The day on which everybody in the pictures agrees. */
const TODAY = Date.UTC(2026, 10, 28, 1, 24);

/** Who writes in the pictures, what they ask, and what the vendor answers. */
export interface Lines {
  readonly channel: string;
  readonly asker: string;
  readonly earlier: string;
  /** A question of whom agreed earlier, with an address in it. */
  readonly first: string;
  readonly firstAnswer: string;
  readonly question: string;
  readonly answer: string;
}

export const LINES: Readonly<Record<Language, Lines>> = {
  en: {
    channel: 'launch',
    asker: 'Aiko',
    earlier: 'Ben',
    first: 'Write two lines to robin@contoso.example: the launch moves to Thursday.',
    firstAnswer: 'To: [email-1]\n\nThe launch moves to **Thursday**. Does that still work for you?',
    question: 'Which is easier to roll back: blue-green or canary?',
    answer:
      'Blue-green, as a rule.\n\n- **Blue-green** keeps the old version running, so that going back is one switch.\n- **Canary** limits who is affected, but the two versions live side by side for longer.\n\nWhere the database changes as well, plan its way back first.',
  },
  ja: {
    channel: 'リリース準備',
    asker: '愛子',
    earlier: '健',
    first: 'robin@contoso.example 宛てに、公開が木曜日に延びることを2行で書いて。',
    firstAnswer: '宛先：[email-1]\n\n公開は**木曜日**に変更となりました。ご都合はいかがでしょうか。',
    question: 'ブルーグリーンとカナリアでは、どちらが切り戻しやすいですか？',
    answer:
      '多くの場合はブルーグリーンです。\n\n- **ブルーグリーン**：旧バージョンが動いたままなので、切り替えるだけで戻せます。\n- **カナリア**：影響する範囲は狭い一方、二つのバージョンが並ぶ期間が長くなります。\n\nデータベースも変わる場合は、先にその戻し方を決めてください。',
  },
};

export const PEOPLE: Readonly<Record<'aiko' | 'ben', Pick<Author, 'colour'>>> = {
  aiko: { colour: '#a8486b' },
  ben: { colour: '#3c64a8' },
};

export const DEJIREN: Author = { kind: 'app', name: 'dejiren', time: '10:24' };

export function person(name: string, who: keyof typeof PEOPLE): Author {
  return { kind: 'person', name, time: '10:24', ...PEOPLE[who] };
}

/** What a deployment has set up that asks OpenAI in Japan. Nothing is sent there: the answers are the pictures' own. */
const VENDOR_ENV = {
  DEJIREN_VENDOR: 'openai',
  OPENAI_API_KEY: 'sk-of-no-account',
  OPENAI_BASE_URL: 'https://jp.api.openai.com/v1',
  OPENAI_MODEL: 'gpt-5-mini',
} as const;

const ROUTE = {
  vendor: 'openai',
  endpoint: 'jp.api.openai.com',
  region: 'jp',
  model: VENDOR_ENV.OPENAI_MODEL,
  sharesForTraining: false,
} as const;

function noticeIn(settings: Settings): Notice {
  const handling = DATA_HANDLING.get(ROUTE.vendor);
  if (handling === undefined) throw new Error('there is no notice of OpenAI');
  return createNotice({ ...handling, route: { ...ROUTE, ...noticePracticeOf(settings) } });
}

/** dejiren between doubles, with OpenAI's notice in force, and a vendor that answers as it is told. */
export async function openOffice(env: Readonly<Record<string, string>>) {
  const folder = aFolder();
  const vendor = aSpokenVendor();
  const dejiren = await startDejiren({
    env: { ...VENDOR_ENV, DEJIREN_EGRESS_HOSTS: '127.0.0.1', ...env },
    connector: { ...vendor.connector, route: ROUTE },
    folder: folder.path,
    notice: noticeIn,
    now: () => TODAY,
  });
  return {
    url: dejiren.url,
    /** What the vendor answers from now on. */
    answers: (words: string): void => vendor.answers([words]),
    async close(): Promise<void> {
      await dejiren.stop();
      folder.remove();
    },
  };
}
