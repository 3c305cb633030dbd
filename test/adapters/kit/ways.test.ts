import fc from 'fast-check';
import { type Ladder, plainerWay, type Refusal, Ways } from '../../../adapters/kit/ways';
import { refusalOf as slackRefusalOf, createWays as slackWays } from '../../../adapters/slack/ways';
import { refusalOf as teamsRefusalOf, createWays as teamsWays } from '../../../adapters/teams/ways';
import { sentencesFor } from '../../../src/language/sentences';

const { shown } = sentencesFor('en');
const REFUSALS: readonly Refusal[] = ['form', 'thread', 'place', 'taken-away', 'everything'];

/** Where a refusal takes an answer, step by step, until there is no other way. */
function walk<Where extends string>(ways: Ways<Where>, refusal: Refusal): readonly string[] {
  const steps: string[] = [];
  while (ways.leave(refusal)) steps.push(`${ways.way.form} ${ways.way.where}`);
  return steps;
}

describe('the ways of an answer', () => {
  it.each<[Refusal, readonly string[], readonly string[]]>([
    [
      'form',
      ['plain thread', 'plain channel', 'plain asker', 'plain direct'],
      ['plain here', 'plain root', 'plain personal'],
    ],
    ['thread', ['rich channel', 'rich asker', 'rich direct'], ['rich root', 'rich personal']],
    ['place', ['rich asker', 'rich direct'], ['rich personal']],
    ['taken-away', ['rich asker', 'rich direct'], ['rich personal']],
    ['everything', [], []],
  ])('after refusals of %s', (refusal, inSlack, inTeams) => {
    expect(walk(slackWays(false, shown), refusal)).toEqual(inSlack);
    expect(walk(teamsWays(false, shown), refusal)).toEqual(inTeams);
  });

  it.each<[Refusal, readonly string[], readonly string[]]>([
    ['form', ['plain thread', 'plain channel', 'plain direct'], ['plain here', 'plain personal']],
    ['place', ['rich direct'], []],
  ])('where the asker is alone, after refusals of %s', (refusal, inSlack, inTeams) => {
    expect(walk(slackWays(true, shown), refusal)).toEqual(inSlack);
    expect(walk(teamsWays(true, shown), refusal)).toEqual(inTeams);
  });

  it('get plainer and never richer, are never taken twice, and come to an end', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(fc.constantFrom(...REFUSALS), { minLength: 20 }), (direct, refusals) => {
        for (const ways of [slackWays(direct, shown), teamsWays(direct, shown)] as readonly Ways<string>[]) {
          const taken = [`${ways.way.form} ${ways.way.where}`];
          let wasPlain = false;
          for (const refusal of refusals) {
            if (!ways.leave(refusal)) continue;
            taken.push(`${ways.way.form} ${ways.way.where}`);
            expect(wasPlain && ways.way.form === 'rich').toBe(false);
            wasPlain = ways.way.form === 'plain';
          }
          expect(new Set(taken).size).toBe(taken.length);
        }
      }),
    );
  });

  it('are told of once: the place where a message is made, the form also where it is written anew', () => {
    const ways = slackWays(false, shown);
    expect(ways.note('post')).toBe('');
    ways.leave('place');
    ways.leave('form');
    expect(ways.note('edit')).toBe(`_${shown.plain}_\n\n`);
    ways.noted('edit');
    expect(ways.note('edit')).toBe('');
    expect(ways.note('post')).toBe(`_${shown.asker}_\n\n`);
    ways.noted('post');
    expect(ways.note('post')).toBe('');
  });

  it('tell of no other place where nobody else is there', () => {
    const ways = teamsWays(true, shown);
    ways.leave('thread');
    expect([ways.way.where, ways.note('post')]).toEqual(['personal', '']);
  });

  it('are those of any platform’s ladder', () => {
    const ladder: Ladder<'hall' | 'desk'> = {
      first: 'hall',
      next: (where) => (where === 'hall' ? 'desk' : undefined),
      told: (where) => (where === 'desk' ? 'Here, as it may not be in the hall.' : undefined),
      plain: 'Plain.',
      paragraph: (words) => `(${words}) `,
    };
    const ways = new Ways(ladder);
    expect(plainerWay(ways.way, 'form', ladder)).toEqual({ form: 'plain', where: 'hall' });
    expect(plainerWay(ways.way, 'thread', ladder)).toEqual({ form: 'rich', where: 'desk' });
    expect(plainerWay({ form: 'plain', where: 'desk' }, 'form', ladder)).toBeUndefined();
    ways.leave('thread');
    ways.leave('form');
    expect(ways.note('post')).toBe('(Here, as it may not be in the hall. Plain.) ');
  });
});

describe('what a refusal is about', () => {
  it.each([
    ['thread_not_found', 'thread'],
    ['restricted_action', 'place'],
    ['missing_scope', 'everything'],
    ['token_revoked', 'everything'],
    ['msg_too_long', 'form'],
    ['something_new', 'form'],
  ])('in Slack: %s', (code, refusal) => {
    expect(slackRefusalOf(code)).toBe(refusal);
  });

  it.each([
    [401, 'everything'],
    [403, 'place'],
    [404, 'thread'],
    [400, 'form'],
    [413, 'form'],
  ])('in Teams: %i', (status, refusal) => {
    expect(teamsRefusalOf({ status })).toBe(refusal);
  });
});
