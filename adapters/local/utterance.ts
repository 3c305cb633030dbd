import { commandIn } from '../../src/consent/command';
import { sealText } from '../../src/model/text';
import type { Mention, Utterance } from '../../src/model/turn';
import { RESIDENTS } from './people';

/** What a typed message is meant to be. */
export type Typed =
  | { readonly kind: 'empty' }
  | { readonly kind: 'new' }
  /** `/dejiren-optin …`: the words after the command. */
  | { readonly kind: 'command'; readonly words: string }
  | { readonly kind: 'message'; readonly said: Utterance; readonly mentionsDejiren: boolean };

const NAMES = RESIDENTS.map(({ name }) => name).join('|');
const MENTION = new RegExp(`(?<![A-Za-z0-9_])[@＠](?:(dejiren)|(${NAMES}))(?![A-Za-z0-9_])`, 'giu');

/**
 * Reads what a person typed: the first step in. Nothing at all is a message where files came with
 * it.
 */
export function readTyped(typed: string, withFiles = false): Typed {
  const line = typed.trim();
  if (line === '' && !withFiles) return { kind: 'empty' };
  if (line.toLowerCase() === '/new') return { kind: 'new' };
  const words = commandIn(line);
  if (words !== undefined) return { kind: 'command', words };
  return readMessage(line);
}

function readMessage(line: string): Typed {
  const mentions = new Map<string, Mention>();
  let mentionsDejiren = false;
  const words = line.replace(MENTION, (token: string, dejiren: string | undefined) => {
    if (dejiren !== undefined) {
      mentionsDejiren = true;
      return '';
    }
    const named = RESIDENTS.find(({ name }) => name.toLowerCase() === token.slice(1).toLowerCase());
    if (named !== undefined)
      mentions.set(token, {
        token: sealText(token),
        kind: 'person',
        id: named.person.id,
        label: sealText(named.name),
      });
    return token;
  });
  return { kind: 'message', mentionsDejiren, said: { text: sealText(words.trim()), mentions: [...mentions.values()] } };
}
