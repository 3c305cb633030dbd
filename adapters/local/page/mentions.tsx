import type { ComponentChildren } from 'preact';
import type { PersonView, StateView } from '../wire';

function mentionOf(people: readonly PersonView[]): RegExp {
  const names = ['dejiren', ...people.map(({ name }) => name)].join('|');
  return new RegExp(`(?<![A-Za-z0-9_])([@＠](?:${names}))(?![A-Za-z0-9_])`, 'giu');
}

/** Whether somebody is spoken to by name: dejiren, or one of the people. */
export function mentionsSomebody(text: string, people: readonly PersonView[]): boolean {
  return mentionOf(people).test(text);
}

export function mentionsDejiren(text: string): boolean {
  return mentionOf([]).test(text);
}

/** What a person wrote, with the names in it marked. */
export function withMentions(text: string, { people, you }: StateView): ComponentChildren {
  return text.split(mentionOf(people)).map((part, index) => {
    if (index % 2 === 0) return part;
    const isYou = people.some(({ id, name }) => id === you && name.toLowerCase() === part.slice(1).toLowerCase());
    return <span class={isYou ? 'mention you' : 'mention'}>{part}</span>;
  });
}
