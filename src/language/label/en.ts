import type { Changed, LabelSentences } from './shape';

const CHANGES: Readonly<Record<Changed, string>> = {
  what: 'what is sent',
  masked: 'masking',
  endpoint: 'address',
  model: 'model',
  where: 'where',
  training: 'training',
  retention: 'retention',
  'human-review': 'human review',
  'third-parties': 'sharing',
  'zero-retention': 'zero retention',
  'cross-border': 'recipient',
};
/** More would not be read. */
const CHANGES_NAMED = 2;

export const englishLabel: LabelSentences = {
  title: (vendorName) => `May I send your questions to ${vendorName}?`,
  trainingTitle: (vendorName) => `May ${vendorName} also train on your questions?`,
  lead: {
    expired: 'Your consent has expired.',
    withdrawn: 'You withdrew your consent.',
  },
  changed: (what) => {
    const named = what.slice(0, CHANGES_NAMED).map((one) => CHANGES[one]);
    return `Changed: ${[...named, ...(what.length > CHANGES_NAMED ? ['more'] : [])].join(', ')}.`;
  },
  sendsUnlessRefused: 'Your next question is sent unless you opt out.',
  names: { what: 'Sent', masked: 'Masked', training: 'Training', retention: 'Kept', where: 'Where' },
  what: {
    own: 'Your question, files, and our exchange here',
    consented: 'Your question, files, and consenting people’s messages here',
    none: 'Your question and files only',
  },
  masked: (how) => {
    const all = how === undefined || how.without.length === 0;
    const when = how?.detector === undefined ? 'if found' : 'after your organisation’s scan';
    switch (how?.mode) {
      case 'off':
        return 'Only the names of people here';
      case 'block':
        return `Names. ${all ? 'Personal data' : 'Some personal data'} stops a question, ${when}`;
      default:
        return `${all ? 'Names, contacts, passwords, card/ID numbers' : 'Names and some personal data'}, ${when}`;
    }
  },
  sharesForTraining: 'Allowed by your organisation',
  trainingChoice: 'Allow training, too',
  typeAgain: 'Press Agree, or type the command again.',
  withdrawHint: 'Withdraw any time: /dejiren-optin off',
};
