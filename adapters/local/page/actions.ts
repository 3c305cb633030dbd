import type { PageLanguage } from './preferences';
import type { Place } from './store';
import type { Words } from './words';

/** What the parts of the page may ask of the whole. */
export interface Actions {
  readonly words: Words;
  readonly language: PageLanguage;
  be(person: string): void;
  show(place: Place): void;
  speak(language: PageLanguage): void;
  /** Resolves to whether it was sent; where not, the person was told why. */
  post(text: string, files: readonly File[]): Promise<boolean>;
  press(card: string, version: number, button: number, ticked: boolean): Promise<void>;
  remove(message: string): Promise<void>;
  stop(): Promise<void>;
  startAfresh(): Promise<void>;
  /** Puts words into the message box and goes there. */
  draft(text: string): void;
}
