import { join } from 'node:path';
import { localPage } from './conversations/page';
import { slackThread } from './conversations/slack';
import { teamsChat } from './conversations/teams';
import type { Drawing, Look } from './frame';
import type { Studio } from './studio';

/** Where the pictures stand that the docs show. */
export const FOLDER = join(__dirname, '../../docs/pictures');

/** A picture of the docs: what stands in a conversation that is held anew with the real adapters each time. */
export interface Picture {
  /** Its file's name, without the ending. */
  readonly name: string;
  /** Whether a browser takes part in the conversation. */
  readonly needsBrowser: boolean;
  /** Throws where it needs a browser and there is none. */
  draw(studio: Studio | undefined): Promise<Drawing>;
}

const CHAT = 640;
const PAGE = 1080;

const english = { language: 'en', theme: 'light' } as const;
const japanese = { language: 'ja', theme: 'light' } as const;

export const PICTURES: readonly Picture[] = [
  ...inBoth('slack', (theme) => slack('asked', { ...english, theme })),
  ...inBoth('teams', (theme) => teams('asked', { ...english, theme })),
  ...inBoth('page', (theme) => page('answered', { ...english, theme })),
  named('slack-details', slack('details', english)),
  named('slack-answered', slack('answered', english)),
  named('slack-japanese', slack('asked', japanese)),
  named('teams-answered', teams('answered', english)),
  named('teams-japanese', teams('asked', japanese)),
  named('page-japanese', page('asked', japanese)),
];

type Scene = Omit<Picture, 'name'>;
type Seen = Omit<Look, 'width'>;

function named(name: string, scene: Scene): Picture {
  return { name, ...scene };
}

function inBoth(name: string, scene: (theme: Look['theme']) => Scene): readonly Picture[] {
  return (['light', 'dark'] as const).map((theme) => named(`${name}-${theme}`, scene(theme)));
}

function slack(scene: Parameters<typeof slackThread>[0], look: Seen): Scene {
  return { needsBrowser: false, draw: () => slackThread(scene, { ...look, width: CHAT }) };
}

function teams(scene: Parameters<typeof teamsChat>[0], look: Seen): Scene {
  return { needsBrowser: false, draw: () => teamsChat(scene, { ...look, width: CHAT }) };
}

function page(scene: Parameters<typeof localPage>[0], look: Seen): Scene {
  return {
    needsBrowser: true,
    draw(studio) {
      if (studio === undefined) throw new Error('there is no browser to hold this conversation in');
      return localPage(scene, { ...look, width: PAGE }, studio);
    },
  };
}
