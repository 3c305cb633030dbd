import { ARTICLE_PATH } from '../model/article';
import type { Settings } from './settings';

/** The address of the public article; undefined where the settings do not tell how people reach dejiren. */
export function articleUrlOf({ publicUrl }: Pick<Settings, 'publicUrl'>): string | undefined {
  return publicUrl === undefined ? undefined : publicUrl + ARTICLE_PATH;
}
