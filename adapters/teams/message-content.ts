import { answerWrittenOut } from '../kit/links';
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
  if (form === 'plain') return plain(text.trimEnd(), label);
  return { type: 'message', text, textFormat: 'markdown', entities: [labelled(label)], channelData: FEEDBACK };
}

/**
 * The end of a stream. Its text begins with what was shown of it, letter by letter; in plain form only as far as no
 * address stands in it.
 */
export function finalOf(text: string, form: Way<Where>['form'], label: Label, streamId: string): OutgoingActivity {
  const info = { streamType: 'final', streamId };
  const streaminfo = { type: 'streaminfo', ...info };
  if (form === 'plain') return { ...plain(text, label), entities: [streaminfo], channelData: info };
  const content = contentOf(text, form, label);
  return { ...content, entities: [streaminfo, labelled(label)], channelData: { ...info, ...FEEDBACK } };
}

function plain(text: string, { description }: Label): OutgoingActivity {
  return { type: 'message', text: `${unlinked(text)}\n\n${description}`, textFormat: 'plain' };
}

/** A host with what follows it, or below another: what clients make a link of by themselves. */
const HOST = /[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+(?=((?::\d+)?[/?#\\])?)/gu;

/** An answer of which no client makes a link: plain text has neither links nor code that would keep addresses apart. */
function unlinked(answer: string): string {
  return answerWrittenOut(answer)
    .replaceAll('://', ': //')
    .replace(HOST, (host: string, next: string | undefined) => {
      const labels = host.split('.');
      const isName = labels.some((label) => /\D/u.test(label));
      return next !== undefined || (isName && labels.length > 2) ? labels.join('[.]') : host;
    });
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
