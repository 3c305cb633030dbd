import { english } from '../../src/language/en';
import { AT_BOT } from '../../src/prove/doubles/teams/activities';
import { type FakeTeams, startFakeTeams } from '../../src/prove/doubles/teams/fake-teams';
import { type Program, startProgram } from '../support/program';

const GROUP = '19:reading@thread.v2';

/** With the vendor that answers with what a vendor would have been sent. */
describe('what people send in Teams', () => {
  let teams: FakeTeams;
  let program: Program;

  beforeAll(async () => {
    teams = await startFakeTeams();
    program = await startProgram({
      env: { ...teams.env, DEJIREN_EGRESS_HOSTS: '127.0.0.1', DEJIREN_VENDOR: 'preview' },
    });
    teams.deliverTo(`${program.url}/api/messages`);
  });
  afterAll(async () => {
    await program?.end();
    await teams?.close();
  });

  let count = 0;
  const agreed = async (): Promise<string> => {
    count += 1;
    const user = `r${count}`;
    await teams.say({ user, text: '/dejiren-optin on' });
    await teams.until(() => teams.personal(user).some((one) => teams.seen(one).includes('You have agreed')));
    return user;
  };
  const said = (user: string): string =>
    teams
      .personal(user)
      .map((one) => teams.seen(one))
      .join('\n');
  const forwarded = {
    attachments: [
      {
        contentType: 'forwardedMessageReference',
        content: JSON.stringify({
          originalMessageContent: '<p>FORWARDED WORDS of another person</p>',
          originalMessageSender: { user: { id: '00000000-0000-0000-0000-000000000bbb', displayName: 'Ben' } },
        }),
      },
    ],
  };

  it('leaves out a forwarded message of somebody who did not agree, and says so', async () => {
    const user = await agreed();
    await teams.say({ user, text: 'what does he mean?', more: forwarded });
    await teams.until(() => said(user).includes(english.leftOut.forwarded));
    expect(said(user)).toContain('what does he mean?');
    expect(said(user)).not.toContain('FORWARDED');
  });

  it('takes no forwarded message for a question', async () => {
    const user = await agreed();
    await teams.say({ user, text: '', more: forwarded });
    await teams.until(() => said(user).includes(english.noQuestion.forwarded));
    expect(said(user)).not.toContain('FORWARDED');
  });

  it('asks for words where there are none', async () => {
    const user = await agreed();
    const attachments = [{ contentType: 'text/html', content: '<p><img src="https://gif.example/a.gif"></p>' }];
    await teams.say({ user, text: '', more: { attachments } });
    await teams.until(() => said(user).includes(english.noQuestion.noWords));
  });

  it('reads the words where they stand in the HTML alone', async () => {
    const user = await agreed();
    const attachments = [{ contentType: 'text/html', content: '<div><p>WORDS IN HTML</p></div>' }];
    await teams.say({ user, text: '', more: { attachments } });
    await teams.until(() => said(user).includes('WORDS IN HTML'));
  });

  it('reads words to which some app put a value', async () => {
    const user = await agreed();
    await teams.say({ user, text: 'WORDS WITH A VALUE', more: { value: { query: 'x' } } });
    await teams.until(() => said(user).includes('WORDS WITH A VALUE'));
  });

  const edit = (user: string, id: string, text: string, mentions: (typeof AT_BOT.mention)[] = []) =>
    teams.post(
      teams.activityOf({
        user,
        id,
        text,
        mentions,
        conversation: GROUP,
        kind: 'groupChat',
        more: { type: 'messageUpdate', channelData: { eventType: 'editMessage' } },
      }),
    );
  const inGroup = (words: string): number => teams.in(GROUP).filter((one) => teams.seen(one).includes(words)).length;

  it('answers a message to which an edit added the mention, and answers it once', async () => {
    const user = await agreed();
    await edit(user, '1700000000001', 'EDITED WORDS');
    await edit(user, '1700000000001', `${AT_BOT.text} EDITED WORDS`, [AT_BOT.mention]);
    await teams.until(() => inGroup('EDITED WORDS') === 1);
    await edit(user, '1700000000001', `${AT_BOT.text} EDITED WORDS AGAIN`, [AT_BOT.mention]);
    await edit(user, '1700000000002', `${AT_BOT.text} THE NEXT`, [AT_BOT.mention]);
    await teams.until(() => inGroup('THE NEXT') === 1);
    expect(teams.in(GROUP)).toHaveLength(2);
  });

  it('runs no command of an edit', async () => {
    const user = await agreed();
    await edit(user, '1700000000003', `${AT_BOT.text} /dejiren-optin off`, [AT_BOT.mention]);
    await teams.until(() => said(user).includes(english.notByEdit));
    expect(said(user)).not.toContain('You have withdrawn');
  });

  it('tells somebody kindly of whom Teams does not tell who they are, and the operator by a code', async () => {
    await teams.say({ user: 'nobody', text: 'hello?', more: { from: { id: '29:nobody', name: 'Nobody' } } });
    const whole = (): string => teams.shown.map((one) => teams.seen(one)).join('\n');
    await teams.until(() => whole().includes('whether you belong to this organisation'));
    expect(whole()).not.toContain('Something went wrong');
    expect(program.output()).toContain('standing-unknown');
  });
});
