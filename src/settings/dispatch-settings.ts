import { sealText } from '../model/text';
import type { Turn } from '../model/turn';
import { INSTRUCTIONS } from '../vendors/kit/instructions';
import { briefingOf } from './briefing';
import type { Settings } from './settings';

/** What the settings say about questions and answers, in the form that the dispatcher asks for. */
export function dispatchSettingsOf(settings: Settings) {
  const { limits } = settings;
  return {
    fallback: settings.vendors.fallback,
    briefing(turn: Turn, vendor: string) {
      const { instructions, model } = briefingOf(settings, turn.person.tenant, turn.conversation.id, vendor);
      return { instructions: sealText([INSTRUCTIONS, ...instructions].join('\n')), ...(model && { model }) };
    },
    context: settings.context,
    contextLimits: { messages: limits.contextMessages, characters: limits.contextCharacters },
    fileLimits: {
      files: limits.files,
      fileBytes: limits.fileMegabytes * 1024 * 1024,
      fileCharacters: limits.fileCharacters,
    },
    turnLimits: limits,
    concurrency: { running: limits.turnsAtOnce, waiting: limits.turnsWaiting },
    patienceMs: limits.answerSeconds * 1_000,
    questionCharacters: limits.questionCharacters,
    answerCharacters: limits.answerCharacters,
    links: settings.links,
    linkHosts: settings.linkHosts,
  };
}
