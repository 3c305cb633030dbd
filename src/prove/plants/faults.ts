import { VENDOR_FAULTS } from '../doubles/vendor-faults';
import type { Row } from '../plan/stand-plan';
import type { Plant } from './plant';

/**
 * Faults that somebody could make in the program: its text is changed while Node loads it. A fault whose place is not
 * found refuses the start, so that none is silently no fault any more.
 */
const fault = (
  name: string,
  says: string,
  [kind, field]: readonly [Plant['kind'], Plant['field']?],
  change: readonly [place: RegExp, becomes: string],
  rows: Partial<Row>,
  more: Pick<Plant, 'place' | 'stand'> = {},
): Plant => ({ name, says, kind, field, change, rows: [rows], ...more });

/** Takes every question of such a conversation for agreed to. */
const unasked = (name: string, where: string, ids: string, rows: Partial<Row>): Plant =>
  fault(
    name,
    `nobody is asked for consent in ${where}`,
    ['before-consent', 'stranger'],
    [/(\w+)=decided\((\w+)\)/u, `$1=/${ids}/.test(conversation)?{kind:"allow",basis:"consent",inform:!1}:decided($2)`],
    { scene: 'answer', way: 'button', ...rows },
  );

export const FAULTS: readonly Plant[] = [
  unasked('unasked-direct', 'a direct message', '^D', { place: 'direct' }),
  unasked('unasked-thread', 'a thread', '^C', { place: 'thread' }),
  unasked('unasked-channel', 'a channel', '^C', { place: 'channel' }),
  unasked('unasked-group', 'a group chat', '^G', { place: 'group' }),
  unasked('unasked-teams-direct', 'a personal chat of Teams', '^a:', { door: 'teams', place: 'direct' }),
  unasked('unasked-teams-channel', 'a channel of Teams', 'tacv2$', { door: 'teams', place: 'channel' }),
  unasked('unasked-teams-group', 'a group chat of Teams', 'thread.v2$', { door: 'teams', place: 'group' }),
  fault(
    'guests-admitted',
    'guests are taken for members',
    ['not-admitted', 'late-prompt'],
    [/stranger=\w+!=="member"/u, 'stranger=!1'],
    { scene: 'guest' },
  ),
  fault(
    'outsiders-admitted',
    'people from outside may agree although nobody admits them',
    ['not-admitted', 'late-prompt'],
    [/facts\.externalsAdmitted/u, 'facts'],
    { scene: 'external' },
  ),
  fault(
    'stale-notice',
    'an agreement counts for a notice that changed since',
    ['stale-notice', 'late-prompt'],
    [/(function changeSince\([^)]*\)\{)/u, '$1return"none";'],
    { scene: 'notice-changed', vendor: 'azure-openai' },
    { stand: { restarts: true } },
  ),
  fault(
    'training-unasked',
    'what goes may be used for training, which nobody is asked about',
    ['training-not-agreed', 'late-prompt'],
    [/sharesForTraining!==!0\)return/u, 'sharesForTraining!==1)return'],
    { scene: 'training' },
    { stand: { restarts: true } },
  ),
  fault(
    'forged-card',
    'a press agrees to whatever notice it names',
    ['before-consent', 'late-prompt'],
    [/\w+\.noticeId!==\w+\.id\)return/u, '!1)return'],
    { scene: 'forged-card' },
  ),
  fault(
    'agreed-unseen',
    'a command agrees to what its giver was never shown',
    ['before-consent', 'stranger'],
    [/return!\w+\.parts\.noticeFirst\|\|await \w+\(\w+,\w+\)/u, 'return!0'],
    { scene: 'looks-around' },
  ),
  fault(
    'shown-is-agreed',
    'to be shown the notice is taken for an agreement',
    ['before-consent', 'late-prompt'],
    [/mode==="opt-in"\|\|/u, ''],
    { scene: 'forged-card' },
  ),
  fault(
    'opt-out-guests',
    'a notice that was shown is enough for guests',
    ['before-consent', 'late-prompt'],
    [/stranger\|\|(\w+\.event==="none"\?first)/u, '$1'],
    { scene: 'opt-out-guest' },
    { stand: { mode: 'opt-out' } },
  ),
  fault(
    'blocked-ignored',
    'a conversation that the organisation forbids is answered',
    ['blocked-place', 'late-prompt'],
    [/if\(facts\.blocked\)/u, 'if(!1)'],
    { scene: 'blocked-place' },
  ),
  fault(
    'bystanders-along',
    'words of somebody who never agreed go along',
    ['before-consent', 'thread'],
    [/given:(\w+)=>\w+\.has\(\w+\(\1\)\)/u, 'given:()=>!0'],
    { scene: 'answer' },
  ),
  fault(
    'bystander-withdrawn',
    'words of somebody who withdrew go along',
    ['after-withdrawal', 'thread'],
    [/given:(\w+)=>\w+\.has\(\w+\(\1\)\)/u, 'given:()=>!0'],
    { scene: 'bystander-withdraws' },
  ),
  fault(
    'withdraw-button-idle',
    'the button that withdraws does nothing',
    ['after-withdrawal', 'late-prompt'],
    [/case"withdraw":return/u, 'case"withdraw":return{kind:"help",vendors:[]};case"never":return'],
    { scene: 'withdraws-by-button' },
  ),
  fault(
    'withdraw-all-button-idle',
    'the button that withdraws everything does nothing',
    ['after-withdrawal', 'late-prompt'],
    [/case"withdraw-all":return/u, 'case"withdraw-all":return{kind:"help",vendors:[]};case"never":return'],
    { scene: 'withdraws-from-all' },
  ),
  fault(
    'withdraw-one-of-all',
    'to withdraw everything withdraws from one vendor alone',
    ['after-withdrawal', 'late-prompt'],
    [/\?\[\.\.\.everyVendor\]:/u, '?[...everyVendor].slice(0,1):'],
    { scene: 'withdrawal', vendor: 'azure-openai' },
  ),
  fault(
    'withdraw-typed-idle',
    'a message that withdraws does nothing',
    ['after-withdrawal', 'late-prompt'],
    [/case"off":return \w+\(/u, 'case"off":return{kind:"help",vendors:[]};case"never":return('],
    { scene: 'withdraws-by-typing' },
  ),
  fault(
    'erase-keeps-key',
    'to erase somebody leaves their key',
    ['record-kept'],
    [/DELETE FROM subjects WHERE lookup = \?/u, 'DELETE FROM subjects WHERE lookup = ? AND 0'],
    { scene: 'erases-record' },
  ),
  fault(
    'stored-by-vendor',
    'OpenAI is asked to store the conversation',
    ['wire'],
    [/store:!1,stream/gu, 'store:!0,stream'],
    { scene: 'answer' },
    { place: /store/u },
  ),
  fault(
    'user-field',
    'a field tells the vendor of the asker',
    ['wire'],
    [/safety_identifier:(\w+)\.safetyId/u, 'safety_identifier:$1.safetyId,user:$1.safetyId'],
    { scene: 'answer' },
    { place: /user/u },
  ),
  fault(
    'id-to-vendor',
    "the asker's id is the safety identifier",
    ['vendor-field', 'person-id'],
    [/messages,safetyId\},until/u, 'messages,safetyId:turn.person.id},until'],
    { scene: 'answer' },
  ),
  fault(
    'mention-raw',
    'the id of somebody who is mentioned goes to the vendor',
    ['vendor-field', 'other-id'],
    [/(\w+)===void 0\?(\w+\+=\w+\(\w+\(\w+,\w+,\w+\)\)):/u, '!0?$2.concat?$2:0:'],
    { scene: 'answer' },
  ),
  ...VENDOR_FAULTS.map(({ vendor, name, says, change, shows }) =>
    fault(name, says, ['wire'], change, { scene: 'answer', vendor }, { place: shows }),
  ),
  fault(
    'id-in-ledger',
    "people's ids are kept in the database",
    ['database', 'person-id'],
    [/(function lookupOf\(\w+,\{platform,tenant,id:?(\w*)\}\)\{)/u, '$1return Buffer.from($2);'],
    { scene: 'answer' },
    { place: /subjects/u },
  ),
  fault(
    'message-id-in-ledger',
    'the whole ts of a message is kept in the database',
    ['database', 'message-id'],
    [/\.at-momentOf\d*\(\w+,\w+\)/u, '.at'],
    { scene: 'withdraws-by-typing' },
    { place: /told/u },
  ),
  fault(
    'every-address',
    'every address in an answer can be clicked, whatever it carries',
    ['live-address', 'reply'],
    [/(function createClickRule\([^)]*\)\{)/u, '$1return()=>!0;'],
    { scene: 'answer' },
  ),
  fault(
    'bare-addresses',
    'addresses in an answer stand as the model wrote them',
    ['live-address', 'reply'],
    [/(function putAsCode\((\w+),(\w+),\w+\)\{)/u, '$1return $2.put($3);'],
    { scene: 'answer', door: 'teams', place: 'direct' },
  ),
  fault(
    'answer-elsewhere',
    'an answer is posted in another conversation',
    ['shown-elsewhere', 'reply'],
    [/channel:(\w+)\.id,thread:\1\.thread,team/u, 'channel:"C0ELSEWHERE",thread:$1.thread,team'],
    { scene: 'answer', place: 'channel' },
  ),
];
