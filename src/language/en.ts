import type { Problem } from '../model/problem';
import { type Counts, type Kind, kindsFound, kindsIn, MOST_KINDS_NAMED } from '../redact/kinds';
import { dayOf, momentOf } from './dates';
import { englishLabel } from './label/en';
import { englishPage } from './page-en';
import type { Sentences } from './shape';

const ADMIN = 'Please tell your administrator; asking again will not help until this is fixed.';

const problems: Readonly<Record<Problem, string>> = {
  'person-limit': 'You have reached the limit of questions per hour for one person. Please try again a little later.',
  'tenant-limit': 'Your organisation has reached its limit of questions per hour. Please try again a little later.',
  'overloaded-here': 'I have too many questions right now. Please ask again in a minute.',
  'question-too-long': 'That question is too long for me. Please shorten it and ask again.',
  'denied-by-policy':
    'Your organisation does not allow this here, so I sent nothing. Your administrator can tell you more.',
  'denied-external':
    'Guests and people from other organisations cannot use me here, so I sent nothing. Please ask an administrator if you need access.',
  'denied-notice': `I have no up-to-date information on how the vendor handles data, so I sent nothing. ${ADMIN}`,
  'denied-residency':
    'I cannot be sure that your question would stay in the region your organisation requires, so I sent nothing. Please tell your administrator.',
  'ledger-unavailable': `I cannot read the consent record, so I sent nothing. ${ADMIN}`,
  'file-kind':
    'I can send only pictures and text files, and you attached another kind, so I sent nothing. Please paste the part that matters as text.',
  'file-no-pictures': 'The AI in use cannot read that picture, so I sent nothing. Please ask in text.',
  'file-too-large': 'Your attachments are too large, so I sent nothing. Please send less.',
  'file-too-many': 'You attached more files than I can send, so I sent nothing. Please attach fewer.',
  'file-unreadable':
    'I could not read your attachment, so I sent nothing. It may have been deleted, or your administrator has to allow me to read files.',
  'file-late': 'Reading your attachment took too long, so I sent nothing. Please try again, or attach less.',
  'redaction-blocked':
    'Your organisation does not allow this kind of data to be sent to an AI service, so I sent nothing. Please remove or replace it and ask again.',
  'redaction-unavailable':
    'I could not check your question for personal data, so I sent nothing. Please ask again in a minute; if this continues, tell your administrator.',
  'vendor-timeout': 'The AI service took too long, so I stopped waiting. Please ask again, or ask for less at a time.',
  'vendor-network': 'The connection to the AI service was lost before the answer was complete. Please ask again.',
  'vendor-rate-limited': 'The AI service is busy. Please ask again in a minute.',
  'vendor-quota': `Your organisation’s account with the AI service has reached its limit. ${ADMIN}`,
  'vendor-overloaded': 'The AI service is not available right now. Please ask again in a few minutes.',
  'vendor-auth': `The connection to the AI service is not set up correctly. ${ADMIN}`,
  'vendor-configuration': `The AI service does not know the model or the address in the settings. ${ADMIN}`,
  'vendor-residency': 'Your organisation’s data policy blocked this. Please tell your administrator.',
  'vendor-refused':
    'The AI service did not accept the request. Please ask again without attachments; if this continues, tell your administrator.',
  'vendor-unreadable': 'The AI service broke off, or sent an answer I could not read. Please ask again.',
  'vendor-ended':
    'The AI service ended the answer early, for a reason I do not know. Please ask again, or rephrase your question.',
  'context-too-long':
    'Your question and the earlier messages are too long for the model. Please shorten the question or start a new thread.',
  'blocked-input': 'The AI service’s content filter declined the question. Please rephrase it.',
  'blocked-output': 'The AI service’s content filter stopped the answer. Please rephrase your question.',
  'empty-answer': 'The AI returned an empty answer. Please ask again, or rephrase your question.',
  'empty-at-limit':
    'The AI reached its length limit before writing anything, probably because it thought for too long. Please ask for less at a time.',
  'standing-unknown':
    'I could not check whether you belong to this organisation, so I sent nothing. Please ask again in a minute; if this continues, tell your administrator.',
  'not-shown':
    'I could not post some or all of my answer here. Please ask again somewhere else, or message me directly.',
  unknown: 'Something went wrong unexpectedly. Please ask again.',
};

const REGIONS: Readonly<Record<string, string>> = {
  global: 'any region',
  'own-servers': 'your organisation’s servers',
  'this-machine': 'this machine',
  jp: 'Japan',
  eu: 'European Union',
  us: 'United States',
  au: 'Australia',
  ca: 'Canada',
  in: 'India',
  sg: 'Singapore',
  kr: 'South Korea',
  uk: 'United Kingdom',
  ch: 'Switzerland',
  br: 'Brazil',
  apac: 'Asia and the Pacific',
  ae: 'United Arab Emirates',
};

/** The law that protects data in a place. Source: the Japanese commission's reports on foreign systems, ppc.go.jp. */
const COUNTRIES: Readonly<Record<string, string>> = {
  global: 'any country (not fixed: the vendor chooses by load)',
  apac: 'a country in Asia and the Pacific (not fixed: the vendor chooses by load)',
  jp: 'Japan (Act on the Protection of Personal Information)',
  eu: 'European Union (GDPR, which Japan recognises as equivalent)',
  uk: 'United Kingdom (UK GDPR, which Japan recognises as equivalent)',
  us: 'United States (no general federal law; laws by sector and by state)',
  ch: 'Switzerland (Federal Act on Data Protection)',
  ca: 'Canada (PIPEDA)',
  au: 'Australia (Privacy Act 1988)',
  in: 'India (Digital Personal Data Protection Act, 2023)',
  kr: 'South Korea (Personal Information Protection Act)',
  sg: 'Singapore (Personal Data Protection Act)',
  br: 'Brazil (LGPD)',
  ae: 'United Arab Emirates (Federal Decree-Law No. 45 of 2021)',
};

/** One, and several. */
const KINDS: Readonly<Record<Kind, readonly [string, string]>> = {
  secret: ['password or key', 'passwords or keys'],
  email: ['e-mail address', 'e-mail addresses'],
  card: ['card number', 'card numbers'],
  iban: ['IBAN', 'IBANs'],
  account: ['bank account number', 'bank account numbers'],
  'my-number': ['My Number', 'My Numbers'],
  passport: ['passport number', 'passport numbers'],
  'id-number': ['identity number', 'identity numbers'],
  phone: ['phone number', 'phone numbers'],
  address: ['postal address', 'postal addresses'],
  name: ['name', 'names'],
  personal: ['other personal detail', 'other personal details'],
};
/** What a kind has in it that its name does not say. */
const MEANT: Readonly<Partial<Record<Kind, string>>> = {
  'id-number': ' (driving licence, pension, health insurance, residence card, US social security and the like)',
};
const NAMES = 'Mentions and the names of people in the thread are replaced.';
const list = new Intl.ListFormat('en', { type: 'conjunction' });

function sentenceOf(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function listOf(counts: Counts): string {
  return list.format(kindsIn(counts).map(([kind, count]) => `${count} ${KINDS[kind][count === 1 ? 0 : 1]}`));
}

/** `2 e-mail addresses, phone number`: of many kinds the first are named, so that it stays half a line. */
function inShort(counts: Counts): string {
  const all = kindsIn(counts).map(([kind, count]) => (count === 1 ? KINDS[kind][0] : `${count} ${KINDS[kind][1]}`));
  const more = all.length - MOST_KINDS_NAMED;
  if (more <= 0) return all.join(', ');
  return `${all.slice(0, MOST_KINDS_NAMED).join(', ')} and ${more} other ${more === 1 ? 'kind' : 'kinds'}`;
}

function waitOf(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 120) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

export const english: Sentences = {
  label: englishLabel,
  list: (words) => list.format(words),
  problem(problem, { retryAfterMs, errorId } = {}) {
    if (problem === 'vendor-rate-limited' && retryAfterMs !== undefined)
      return `The AI service is busy. Please ask again in about ${waitOf(retryAfterMs)}.`;
    if (problem === 'unknown' && errorId !== undefined)
      return `Something went wrong unexpectedly. Please ask again. If it happens again, give your administrator this error ID: ${errorId}.`;
    return problems[problem];
  },
  ending: {
    cut: 'The answer stops here because it reached the length limit. Ask me to continue.',
    stopped: 'Stopped.',
    withdrawn: 'You withdrew your consent, so I stopped here. What was already sent cannot be recalled.',
    retracted: problems['blocked-output'],
    interrupted: 'I was restarted in the middle of this answer. Please ask again.',
  },
  footer: (vendorName, region) => `${vendorName} · ${REGIONS[region] ?? region} · AI can be wrong; please check.`,
  shown: {
    channel: 'I am not allowed to reply in that thread, so my answer is here.',
    asker: 'I am not allowed to post here, so only you see this answer.',
    direct: 'I am not allowed to post where you asked, so my answer is here.',
    plain: 'This is plain text because the formatted answer was refused.',
  },
  quotesWithheld:
    'I left out a quote because I cannot tell whether its author agreed. If the words are yours, send them without the quote mark.',
  leftOut: {
    thread: 'I could not read the earlier messages in this thread, so I answered without them.',
    forwarded:
      'I left out the message you forwarded or quoted because I cannot tell whether its author agreed. If you need it, put it in your own words.',
    preview: 'I can see the link you shared, but not the page behind it.',
    attachment: 'Your message contains something I cannot use, such as a card. I used only the text you wrote.',
  },
  noQuestion: {
    forwarded:
      'You forwarded a message without a question, so I sent nothing. Please write what you would like to know. I include the forwarded message only if its author agreed.',
    noWords: 'I found no text of yours in that message, so I sent nothing. Please write your question.',
  },
  notYourAnswer: 'Only the person who asked can stop this answer.',
  nothingToStop: 'I found no answer of yours to stop here.',
  notByEdit: 'I cannot do that from an edited message. Please send it as a new message.',
  takenBefore:
    'I have already taken your question as you first sent it. To ask the edited version, please send it as a new message.',
  redaction: {
    replaced: (counts) => `Masked before sending: ${inShort(counts)}.`,
    found: (counts) => `Your question contains ${listOf(counts)}.`,
  },
  startedAnew: 'New conversation. I have forgotten what we said before.',
  writeToMe: 'I cannot message you privately from here. Please open a personal chat with me and ask me there.',
  sendAgain: 'Thank you. I am not allowed to read your question again here, so please send it once more.',
  working: 'Thinking…',
  stillWorking: 'Still thinking…',
  thinking: 'is thinking…',
  stillThinking: 'is still thinking…',
  stop: 'Stop',
  suggestedPrompts: [
    { title: 'Draft a message', message: 'Help me write a short, friendly message that moves a meeting to next week.' },
    { title: 'Explain something', message: 'Explain in simple terms what data residency means.' },
    { title: 'My consent status', message: '/dejiren-optin status' },
  ],
  region: (region) => REGIONS[region] ?? region,
  country: (region) => COUNTRIES[region] ?? REGIONS[region] ?? region,
  date: (ms) => dayOf(ms, 'en'),
  page: englishPage,
  card: {
    askPromise: 'dejiren itself never saves what you or the AI writes.',
    noButtons:
      'Buttons cannot be shown here. Type /dejiren-optin on to agree, /dejiren-optin off to withdraw, or /dejiren-optin help for more.',
    withdrawHint: 'You can withdraw at any time with /dejiren-optin off, even during an answer.',
    labels: {
      what: 'What is sent',
      to: 'Sent to',
      where: 'Processed in',
      training: 'Used for training',
      retention: 'Kept for',
      'human-review': 'Human review',
      'third-parties': 'Shared with',
      residency: 'Location',
      'zero-retention': 'Zero data retention',
      'cross-border': 'Recipient',
      endpoint: 'Address',
      model: 'Models',
      notice: 'Notice number',
      checked: 'Checked on',
    },
    what: {
      own: 'Your question, with the pictures and text files you attach and any messages of your own that you forward. From the same thread: your own earlier messages and my answers to you.',
      consented:
        'Your question, with the pictures and text files you attach. From the same thread and from messages you forward: what you and others who agreed wrote, and my answers.',
      none: 'Your question, with the pictures and text files you attach, and nothing else.',
    },
    redaction: (how) => {
      const kinds = list.format(kindsFound(how?.without ?? []).map((kind) => KINDS[kind][1] + (MEANT[kind] ?? '')));
      const left = how?.without.map((kind) => KINDS[kind as Kind]?.[1] ?? kind) ?? [];
      const but = left.length === 0 ? '' : ` ${sentenceOf(list.format(left))} are sent as written.`;
      const asked =
        how?.detector === undefined
          ? ''
          : ` To detect them, your text goes first to ${how.detector}, which your organisation has set up.`;
      switch (how?.mode) {
        case 'off':
          return `${NAMES} Other personal data, passwords and keys may be sent as written.`;
        case 'block':
          return `${NAMES} A question is not sent if I detect any of these in it: ${kinds}.${but}${asked}`;
        default:
          return `${NAMES} These are replaced too if I detect them: ${kinds}.${but}${asked}`;
      }
    },
    memory: ({ turns, minutes, where }) =>
      `In Teams, your last ${turns} questions and my answers stay in memory for ${minutes} minutes.${where === 'unreadable' ? ' This applies to chats that I cannot read again, such as personal chats.' : ''} Withdrawing or /new clears them.`,
    to: (vendorName, endpoint, model) =>
      endpoint === 'none' ? 'Nobody. This is a dry run.' : `${vendorName} (${endpoint}), model ${model}`,
    sharesForTraining: 'Yes. Your organisation lets this vendor train on it.',
    changed: (label) => `Changed: ${label}`,
    changedTo: (before, after) => `Before: ${before ?? 'not mentioned'}\nNow: ${after ?? 'not mentioned'}`,
    buttons: {
      agree: 'Agree',
      agreeAndAnswer: 'Agree and answer',
      agreeTraining: 'Agree to training',
      details: 'Details',
      notNow: 'Not now',
      optOut: 'Opt out',
      back: 'Back',
      review: 'See what is sent',
      withdraw: 'Withdraw',
      undoGrant: 'Undo',
      undoWithdraw: 'Undo',
      undoChoice: 'Undo',
      withdrawAll: 'Withdraw everything',
      erase: 'Erase permanently',
      status: 'My consent status',
      keep: 'Keep it',
      export: 'Full record',
      next: 'Next part',
      previous: 'Previous part',
    },
    granted: (vendorNames) => `You have agreed to ${vendorNames}.`,
    validUntil: (day) => `Valid until ${day}.`,
    withdrawn: (vendorNames) => `You have withdrawn your consent to ${vendorNames}.`,
    withdrawnAll: 'You have withdrawn all consent.',
    withdrawnDetail: 'Nothing more is sent. What was already sent cannot be recalled.',
    reworded: (vendorName) => `${vendorName}’s data handling notice has new wording.`,
    rewordedDetail: 'It means the same as before, and your consent still holds.',
    dismissed: 'OK. Nothing was sent or changed.',
    statusTitle: 'Your consent',
    standing: {
      agreed: 'Agreed',
      'notice-shown': 'Notice shown, not opted out',
      'not-asked': 'Not agreed yet',
      withdrawn: 'Withdrawn',
      stale: 'Agreed to an older notice; I will ask again',
      expired: 'Consent expired; I will ask again',
      unavailable: 'Not available right now',
    },
    inEffect: 'in use',
    since: (day) => `since ${day}`,
    line: (facts) => facts.join(' · '),
    paragraph: (sentences) => sentences.join(' '),
    vendorChosen: (vendorName) => `${vendorName} answers you from now on.`,
    vendorChosenAsk: 'You have not agreed to it yet. I will ask before anything is sent.',
    vendorUnknownTitle: 'Which AI?',
    vendorUnknown: (vendors) => `That AI is not set up here. You can choose: ${vendors}.`,
    noticeTitle: (vendorName) => `How ${vendorName} handles data`,
    article: 'How your data is handled: the full article',
    source: (title, checkedOn) => `${title} (checked on ${checkedOn})`,
    agreed: 'You have agreed to this notice.',
    notAgreed: 'You have not agreed to this notice.',
    receiptTitle: 'Your consent record',
    receiptNone: 'There is no record about you.',
    receiptNewest: (shown, all) => `These are the latest ${shown} of ${all} records about you.`,
    receipt: ({ event, purpose, at, validUntil, region, endpoint, mode, noticeId, ledgerSeq, ledgerHash }) =>
      [
        `${{ granted: 'Agreed', withdrawn: 'Withdrew', 'notice-shown': 'Was shown the data handling' }[event]} on ${momentOf(at, 'en')}`,
        ...(purpose === 'training' ? ['for training'] : []),
        ...(validUntil === undefined ? [] : [`valid until ${dayOf(validUntil, 'en')}`]),
        ...(region === '' ? [] : [REGIONS[region] ?? region]),
        ...(endpoint === '' ? [] : [endpoint]),
        mode,
        ...(noticeId === '' ? [] : [`notice ${noticeId.slice(0, 12)}`]),
        `row ${ledgerSeq}, hash ${ledgerHash.slice(0, 12)}`,
      ].join(' · '),
    receiptSigned: (vendorName) =>
      `This signed receipt proves your consent status for ${vendorName}. Copy it and keep it safe; I keep no copy. For another vendor: /dejiren-optin receipt <vendor>`,
    exportTitle: 'Your full record',
    exportPart: (number, of) =>
      `Part ${number} of ${of}, oldest first, signed. Copy it before you continue: the next part replaces it. To open a part directly: /dejiren-optin export ${number < of ? number + 1 : 1}`,
    exportWhole:
      'This is your full record, signed: your decisions and the notices as you saw them. Copy it and keep it safe.',
    verifyHint: 'Anyone with this text can see your pseudonym. Check it with “dejiren receipt verify” or any JWS tool.',
    eraseTitle: 'Erase your record?',
    eraseConfirm:
      'This withdraws all your consent and destroys the key that links the record to you. The record stays complete, but nobody can tell that it is yours. This cannot be undone.',
    erasedTitle: 'Erased',
    erased:
      'The key that linked the record to you has been destroyed. If you ask another question, you start from the beginning.',
    helpTitle: 'How to use dejiren',
    help: [
      'Mention me in a channel or message me directly. In a thread, I also use your earlier messages and my answers to you.',
      '/dejiren-optin turns your consent on or off. The first time, it shows you what you would agree to.',
      'Options: on [vendor|all] · off [vendor] · status · notice [vendor] · vendor <name> · help',
      'Your record: receipt [vendor] (signed proof) · export (everything) · erase (unlink it from you)',
    ],
    helpVendors: (vendors) => `Available here: ${vendors}.`,
    refusedTitle: 'Not possible right now',
    refused: {
      'ledger-unavailable': problems['ledger-unavailable'],
      blocked: problems['denied-by-policy'],
      residency: problems['denied-residency'],
      'notice-missing': problems['denied-notice'],
      'notice-expired': problems['denied-notice'],
      'not-a-person': 'Only people can agree.',
      'standing-unknown': problems['standing-unknown'],
      external: problems['denied-external'],
      withdrawn: 'You have withdrawn your consent.',
    },
  },
};
