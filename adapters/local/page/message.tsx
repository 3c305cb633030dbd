import type { VNode } from 'preact';
import { Answer } from './answer';
import { Card } from './card';
import type { LiveMessage } from './chat';
import { useApp } from './context';
import { Avatar, IconButton } from './icon';
import { mentionsDejiren, mentionsSomebody, withMentions } from './mentions';
import { FileLabel } from './tray';

/** One message: a person's, an answer, or a private card. `isLast`: nobody wrote after it in its thread. */
export function Message({ message, isLast }: { readonly message: LiveMessage; readonly isLast: boolean }): VNode {
  const { chat, language } = useApp();
  const { id, author, at, card, answer } = message.value;
  const state = chat.state.value;
  const name = state?.people.find((person) => person.id === author)?.name ?? 'dejiren';
  const isOwn = author === state?.you;
  return (
    <article class="message" aria-label={name} data-id={id}>
      <Avatar who={author} name={name} />
      <div class="content">
        <header>
          <h2>{name}</h2>
          <time dateTime={new Date(at).toISOString()}>{clock(at, language)}</time>
          {isOwn && <OwnTools message={message} />}
        </header>
        <div class="body">
          {card !== undefined && <Card id={id} card={card} />}
          {answer !== undefined && <Answer message={message} answer={answer} />}
          {card === undefined && answer === undefined && <Said message={message} />}
          {isOwn && isLast && <UnaddressedHint message={message} />}
        </div>
      </div>
    </article>
  );
}

function Said({ message }: { readonly message: LiveMessage }): VNode {
  const { chat, words } = useApp();
  const { text, files = [] } = message.value;
  const state = chat.state.value;
  return (
    <>
      <p class="said">{state === undefined ? text : withMentions(text, state)}</p>
      {files.length > 0 && (
        <ul class="tray" aria-label={words.attached}>
          {files.map((file, index) => (
            <li key={index}>
              <FileLabel {...file} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function OwnTools({ message }: { readonly message: LiveMessage }): VNode {
  const { actions, words } = useApp();
  const { id, conversation, text } = message.value;
  const isQuestion = conversation.startsWith('direct-') || mentionsDejiren(text);
  return (
    <span class="own-tools">
      {isQuestion && <IconButton name="again" label={words.again} onClick={() => void actions.again(id)} />}
      <IconButton name="trash" label={words.remove} onClick={() => void actions.remove(id)} />
    </span>
  );
}

/** In a channel dejiren answers only who mentions it: said where somebody may be waiting for an answer. */
function UnaddressedHint({ message }: { readonly message: LiveMessage }): VNode | null {
  const { chat, actions, words } = useApp();
  const { conversation, text } = message.value;
  const isForAll = !conversation.startsWith('direct-') && text !== '';
  if (!isForAll || mentionsSomebody(text, chat.state.value?.people ?? [])) return null;
  return (
    <p class="hint">
      <span>{words.unaddressed}</span>
      <button type="button" class="button plain" onClick={() => void actions.mention(message)}>
        {words.askDejiren}
      </button>
    </p>
  );
}

function clock(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at);
}
