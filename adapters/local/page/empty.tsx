import type { VNode } from 'preact';
import { useApp } from './context';
import { Avatar } from './icon';

/** What a place without a message says: what it is for, and something to try. */
export function Empty(): VNode {
  const { chat, actions, words } = useApp();
  const isChannel = chat.inChannel.value;
  return (
    <div class="empty">
      <Avatar who="dejiren" name="dejiren" large />
      <h2>{isChannel ? words.emptyChannelTitle : words.emptyDirectTitle}</h2>
      <p>{isChannel ? words.emptyChannel : words.emptyDirect}</p>
      <p class="try" id="try">
        {words.tryThis}
      </p>
      <ul class="chips" aria-labelledby="try">
        {(isChannel ? words.channelChips : words.directChips).map((text) => (
          <li key={text}>
            <button type="button" class="chip" onClick={() => actions.draft(text)}>
              {text}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
