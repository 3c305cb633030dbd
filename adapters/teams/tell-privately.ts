import { sentencesFor } from '../../src/language/sentences';
import type { Card } from '../../src/model/card';
import type { Language } from '../../src/model/turn';
import { tellAgain } from '../kit/tell-again';
import type { TeamsApi, TeamsResult } from './api';
import type { Destination, OutgoingActivity } from './bot';
import { type Addressee, cardActivity, plainCardActivity, textActivity, wordsActivity } from './cards';
import { refusalOf } from './ways';

/** Where something is said to one person alone. */
export interface PrivateDestination {
  readonly place: Destination;
  readonly direct: boolean;
  /** Whether what is answered was shown to dejiren alone: then Teams, and the manifest, know such messages. */
  readonly targeted: boolean;
  /** The person's account in Teams, e.g. `29:…`. */
  readonly account: string;
  readonly person: string;
  readonly tenant: string;
  /** The team in whose channel the question was asked, by its id in the directory. */
  readonly group: string | undefined;
  readonly language: Language;
}

/**
 * Shows a card to one person: as a message that Teams shows them alone, where they wrote in that way; otherwise in
 * their personal chat. A client that does not know such messages would show them to everybody, so that it is not
 * tried. Where Teams lets dejiren write no personal chat with them, they are asked to open one, before everybody.
 * Resolves to whether Teams took the card, in whatever form.
 */
export async function tellPrivately(
  { api }: { readonly api: TeamsApi },
  where: PrivateDestination,
  card: Card,
): Promise<boolean> {
  const { place, account, tenant, direct } = where;
  if (where.targeted && !direct) {
    const targeted = await sendCard((activity) => api.sendTo(place, account, activity), card, where);
    if (targeted.ok) return true;
  }
  const here = direct ? await sendCard((activity) => api.send(place, activity), card, where) : undefined;
  if (here !== undefined && !isElsewhere(here)) return here.ok;
  const opened = await tellAgain(() => api.openPersonal(place, account, tenant));
  if (opened.ok && opened.value === '') return false;
  const shown = opened.ok
    ? await sendCard((activity) => api.send(chatOf(place, opened.value), activity), card, where)
    : opened;
  // Without this sentence a question would meet with silence.
  if (!direct && !shown.ok && shown.kind === 'refused')
    await tellAgain(() => api.send(place, textActivity(sentencesFor(where.language).writeToMe)));
  return shown.ok;
}

/** A card as Teams takes it: as it is; plainer, with its buttons; in words, with the commands to type. */
export async function sendCard(
  send: (activity: OutgoingActivity) => Promise<TeamsResult>,
  card: Card,
  addressee: Addressee,
): Promise<TeamsResult> {
  let result = await tellAgain(() => send(cardActivity(card, addressee)));
  for (const form of [plainCardActivity, wordsActivity]) {
    if (result.ok || result.kind !== 'refused' || refusalOf(result) !== 'form') break;
    result = await tellAgain(() => send(form(card, addressee)));
  }
  return result;
}

/** The personal chat with an account; undefined where Teams gives none. */
export async function personalChat(
  api: Pick<TeamsApi, 'openPersonal'>,
  place: Destination,
  account: string,
  tenant: string,
): Promise<Destination | undefined> {
  const opened = await api.openPersonal(place, account, tenant);
  return opened.ok && opened.value !== '' ? chatOf(place, opened.value) : undefined;
}

function chatOf(place: Destination, conversation: string): Destination {
  return { ...place, conversation, kind: 'personal' };
}

/** Whether the chat is gone under this id: Teams may know it by another. */
function isElsewhere(result: TeamsResult): boolean {
  return !result.ok && result.kind === 'refused' && result.status === 404;
}
