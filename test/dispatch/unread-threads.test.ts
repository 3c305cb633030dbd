import { createUnreadThreads } from '../../src/dispatch/unread-threads';
import { aTurn } from '../support/turns';

describe('threads that could not be read', () => {
  it('are told of once for each person and thread where they may not be read', () => {
    const unread = createUnreadThreads();
    const turn = aTurn({ thread: 't1' });
    expect(unread(turn, 'not-permitted')).toBe('not-permitted');
    expect(unread(turn, 'not-permitted')).toBeUndefined();
    expect(unread(aTurn({ thread: 't2' }), 'not-permitted')).toBe('not-permitted');
    expect(unread(aTurn({ thread: 't1', person: 'U2' }), 'not-permitted')).toBe('not-permitted');
  });

  it('are told of each time where reading failed', () => {
    const unread = createUnreadThreads();
    expect([unread(aTurn(), 'failed'), unread(aTurn(), 'failed'), unread(aTurn(), undefined)]).toEqual([
      'failed',
      'failed',
      undefined,
    ]);
  });
});
