import { inputOf, pressInput } from '../../../adapters/teams/inputs';
import { createMemory } from '../../../adapters/teams/memory';
import { type Envelope, envelope } from '../../../adapters/teams/payloads';
import { openText, sealText } from '../../../src/model/text';
import { aTurn } from '../../support/turns';

const activity = (more: Record<string, unknown> = {}): Envelope =>
  envelope.parse({
    type: 'message',
    id: '1700000000001',
    timestamp: '2026-01-02T03:04:05.678Z',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/emea/',
    from: { id: '29:u1' },
    recipient: { id: '28:bot' },
    conversation: { id: 'a:1' },
    ...more,
  });

describe('what an activity of Teams is known by', () => {
  it('is its id in its conversation, and Teams’ own time', () => {
    const { id, told } = inputOf(activity());
    expect([id, told]).toEqual(['message:a:1:1700000000001', { clock: 'activity', at: 1767323045.678, live: false }]);
    expect(inputOf(activity({ timestamp: undefined }))).toEqual({ id });
    expect(inputOf(activity({ timestamp: 'never' }))).toEqual({ id });
    const others = [{ id: '2' }, { conversation: { id: 'a:2' } }, { type: 'invoke' }].map(
      (more) => inputOf(activity(more)).id,
    );
    expect(new Set([id, ...others]).size).toBe(4);
  });

  it('is the time of an edit as well, which has the id of its message', () => {
    const edit = (timestamp: string | undefined) => inputOf(activity({ type: 'messageUpdate', timestamp })).id;
    expect(edit('2026-01-02T03:04:05Z')).not.toBe(edit('2026-01-02T03:04:06Z'));
    expect(edit(undefined)).toBeUndefined();
  });

  it('is what was pressed as well, so that two buttons of one card are two', () => {
    const press = (data: unknown, more: Record<string, unknown> = {}) =>
      pressInput(activity({ type: 'invoke', ...more }), data).id;
    const agree = { dejiren: { do: 'grant' } };
    expect(press(agree)).toBe(press(agree));
    expect(press(agree)).not.toBe(press({ dejiren: { do: 'withdraw' } }));
    expect(press(agree, { id: undefined })).toBe(press(agree, { id: undefined }));
    expect(press(agree, { id: undefined })).not.toBe(
      press(agree, { id: undefined, timestamp: '2027-01-02T03:04:05Z' }),
    );
    expect(press(agree, { id: undefined, timestamp: undefined })).toBeUndefined();
  });
});

it('keeps the newest words of a question, in whatever order its edits come', () => {
  const memory = createMemory({ turns: 8, minutes: 15 }, () => 0);
  const turn = aTurn({ platform: 'teams', question: 'first' });
  const followed = memory.follow(turn, undefined);
  const edit = (words: string, at: number | undefined): void =>
    memory.editMessage(turn.conversation.id, turn.message.message, at, () => ({ text: sealText(words), mentions: [] }));
  const kept = (): string =>
    memory
      .recall(turn)
      .map(({ said }) => openText(said.text))
      .join('|');
  edit('third', 30);
  edit('second', 20);
  followed.keep({ asker: 'a' } as never, [sealText('answer')]);
  expect(kept()).toBe('third|answer');
  edit('second', 20);
  edit('third, again', 30);
  expect(kept()).toBe('third|answer');
  edit('fourth', 40);
  edit('of no known time', undefined);
  expect(kept()).toBe('of no known time|answer');
  followed.end();
});
