import { hiddenIn, leavingOut, SEEN_IN_SLACK, SEEN_IN_TEAMS } from '../../../src/prove/watch/hidden';

describe('what of a message nobody sees', () => {
  it.each([
    [{ text: 'WORDS' }],
    [{ markdown_text: 'WORDS' }],
    [{ blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'WORDS' } }] }],
    [{ chunks: [{ type: 'markdown_text', text: 'WORDS' }] }],
    [{ loading_messages: ['WORDS'] }],
  ])('is none of what Slack shows: %j', (message) => {
    expect(hiddenIn(message, SEEN_IN_SLACK)).not.toContain('WORDS');
  });

  it.each([
    [{ blocks: [{ type: 'actions', elements: [{ type: 'button', text: { text: 'Stop' }, value: 'WORDS' }] }] }],
    [{ blocks: [{ type: 'section', block_id: 'WORDS', text: { text: 'x' } }] }],
    [{ metadata: { event_type: 'answer', event_payload: { said: 'WORDS' } } }],
    [{ metadata: { event_payload: { text: { WORDS: 1 } } } }],
    [{ client_msg_id: 'WORDS' }],
    [{ WORDS: 'x' }],
  ])('is what Slack keeps for programs: %j', (message) => {
    expect(hiddenIn(message, SEEN_IN_SLACK)).toContain('WORDS');
  });

  it.each([
    [{ type: 'message', text: 'WORDS', summary: 'WORDS' }],
    [{ attachments: [{ content: { body: [{ type: 'TextBlock', text: 'WORDS' }] } }] }],
    [{ attachments: [{ content: { body: [{ type: 'FactSet', facts: [{ title: 'Sent', value: 'WORDS' }] }] } }] }],
  ])('is none of what Teams shows: %j', (message) => {
    expect(hiddenIn(message, SEEN_IN_TEAMS)).not.toContain('WORDS');
  });

  it.each([
    [{ channelData: { about: 'WORDS' } }],
    [{ value: 'WORDS' }],
    [{ attachments: [{ content: { actions: [{ type: 'Action.Execute', title: 'Agree', data: { q: 'WORDS' } }] } }] }],
    [{ attachments: [{ content: { body: [{ type: 'Input.Toggle', title: 'x', value: 'WORDS' }] } }] }],
    [{ entities: [{ type: 'streaminfo', streamId: 'WORDS' }] }],
  ])('is what Teams keeps for programs: %j', (message) => {
    expect(hiddenIn(message, SEEN_IN_TEAMS)).toContain('WORDS');
  });

  it('leaves out what has to be there', () => {
    expect(leavingOut(['xoxb-1'], '{"authorization":"Bearer xoxb-1"}')).toBe('{"authorization":"Bearer "}');
  });
});
