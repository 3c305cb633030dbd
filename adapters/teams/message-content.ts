import type { Way } from '../kit/ways';
import type { OutgoingActivity } from './bot';
import type { Where } from './ways';

/** What closes a message of an answer: who answered, as Teams shows it. */
export interface Label {
  readonly name: string;
  readonly description: string;
}

const FEEDBACK = { feedbackLoop: { type: 'default' } };

/** A message of an answer. In plain form who answered stands below the text, and no address becomes a link by itself. */
export function contentOf(text: string, form: Way<Where>['form'], label: Label): OutgoingActivity {
  if (form === 'plain') return plain(text.trimEnd().replaceAll('://', ': //'), label);
  return { type: 'message', text, textFormat: 'markdown', entities: [labelled(label)], channelData: FEEDBACK };
}

/** The end of a stream. Its text begins with what was shown of it, letter by letter. */
export function finalOf(text: string, form: Way<Where>['form'], label: Label, streamId: string): OutgoingActivity {
  const info = { streamType: 'final', streamId };
  const streaminfo = { type: 'streaminfo', ...info };
  if (form === 'plain') return { ...plain(text, label), entities: [streaminfo], channelData: info };
  const content = contentOf(text, form, label);
  return { ...content, entities: [streaminfo, labelled(label)], channelData: { ...info, ...FEEDBACK } };
}

function plain(text: string, { description }: Label): OutgoingActivity {
  return { type: 'message', text: `${text}\n\n${description}`, textFormat: 'plain' };
}

/** Source: "Bot messages with AI-generated content", learn.microsoft.com/microsoftteams. */
function labelled(label: Label): Readonly<Record<string, unknown>> {
  return {
    type: 'https://schema.org/Message',
    '@type': 'Message',
    '@context': 'https://schema.org',
    '@id': '',
    additionalType: ['AIGeneratedContent'],
    usageInfo: { type: 'https://schema.org/Message', '@type': 'CreativeWork', ...label },
  };
}
