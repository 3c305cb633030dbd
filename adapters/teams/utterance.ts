import { sealText } from '../../src/model/text';
import type { Mention, Utterance } from '../../src/model/turn';
import type { MentionEntity } from './payloads';

const ENTITIES: Readonly<Record<string, string>> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Stands for a message that is answered to. Source: "Quoted replies", microsoft.github.io/teams-sdk. */
const QUOTED = /<quoted\b[^<>]{0,500}>(?:<\/quoted>)?/giu;

/**
 * Reads a message's text, as Teams sends it, into plain Markdown: every mention of dejiren is taken out, and so is what
 * stands for a message that is answered to; entities are unescaped. Mentions of others stay as their tokens (`<at>Aiko</at>`) and are listed.
 */
export function readUtterance(text: string, entities: readonly MentionEntity[], bot: string): Utterance {
  const mentions: Mention[] = [];
  let words = text.replace(/\r\n?/gu, '\n').replace(QUOTED, ' ');
  for (const { text: token, mentioned } of entities) {
    if (mentioned.id === bot) {
      words = words.replaceAll(token, ' ');
      continue;
    }
    if (!words.includes(token)) continue;
    const label = mentioned.name ?? '';
    const shown = unescapeEntities(token);
    if (mentions.some((one) => one.id === mentioned.id)) continue;
    mentions.push({
      token: sealText(shown),
      kind: 'person',
      id: mentioned.id,
      ...(label !== '' && { label: sealText(label) }),
    });
  }
  const plain = unescapeEntities(words)
    .replace(/\u00A0/gu, ' ')
    .replace(/^[ \t]+|[ \t]+$/gmu, (run, at: number) => (at === 0 ? '' : run));
  return { text: sealText(plain.trim()), mentions };
}

function unescapeEntities(text: string): string {
  return text.replace(/&(nbsp|amp|lt|gt|quot|#39);/gu, (entity, name: string) => ENTITIES[name] ?? entity);
}
