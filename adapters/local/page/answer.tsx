import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { answerWrittenOut } from '../../kit/links';
import type { AnswerView } from '../wire';
import type { LiveMessage } from './chat';
import { useApp } from './context';
import { CopyButton, SAYS_COPIED_MS } from './copy';
import { Icon } from './icon';
import { Pace } from './markdown/pace';
import { Prose } from './markdown/prose';
import { regionWords } from './words';

/** Milliseconds after which a wait is said to be a long one. */
const LONG_WAIT_MS = 20_000;

/** An answer: what there is of it, how it ended, and what can be done with it. */
export function Answer({ message, answer }: { readonly message: LiveMessage; readonly answer: AnswerView }): VNode {
  const { words, language } = useApp();
  const { text, at } = message.value;
  const { state, ending, vendorName, region, model } = answer;
  return (
    <>
      <ProseView key={language} text={text} state={state} />
      {state === 'waiting' && <Waiting since={at} />}
      {ending !== undefined && <p class="ending">{ending}</p>}
      {state === 'ended' && (
        <div class="after">
          {vendorName !== '' && (
            <p class="provenance" title={model}>
              {vendorName} · {regionWords(words, region)}
            </p>
          )}
          {text !== '' && <CopyButton text={answerWrittenOut(text)} quiet />}
          <AgainButton answer={answer} />
        </div>
      )}
    </>
  );
}

/** Asks the question of an answer again: for the one who asked it, while it stands here. */
function AgainButton({ answer }: { readonly answer: AnswerView }): VNode | null {
  const { chat, actions, words } = useApp();
  const { question, to } = answer;
  if (to !== chat.state.value?.you || chat.find(question) === undefined) return null;
  return (
    <button type="button" class="tool" onClick={() => void actions.again(question)}>
      <Icon name="again" />
      {words.again}
    </button>
  );
}

function ProseView({ text, state }: { readonly text: string; readonly state: AnswerView['state'] }): VNode {
  const { words, actions } = useApp();
  const host = useRef<HTMLDivElement>(null);
  const prose = useRef<Prose | undefined>(undefined);
  const pace = useRef(new Pace());
  useLayoutEffect(() => {
    const { current } = host;
    if (current === null) return;
    prose.current ??= new Prose(current, words);
    pace.current.run(() => prose.current?.show(text, state === 'ended'), state === 'ended');
  }, [text, state]);
  useEffect(() => {
    const { current } = host;
    const onClick = ({ target }: MouseEvent): void => {
      const button = target instanceof Element ? target.closest('button.copy') : null;
      const code = button?.closest('.code')?.querySelector('pre')?.textContent;
      if (button === null || code === undefined) return;
      void actions.copy(code.replace(/\n$/u, '')).then((isCopied) => isCopied && sayCopied(button, words.copied));
    };
    current?.addEventListener('click', onClick);
    return () => {
      current?.removeEventListener('click', onClick);
      pace.current.stop();
    };
  }, []);
  return <div class="prose" data-state={state} ref={host} />;
}

function sayCopied(button: Element, copied: string): void {
  const before = button.textContent;
  button.textContent = copied;
  button.classList.add('done');
  setTimeout(() => {
    button.textContent = before;
    button.classList.remove('done');
  }, SAYS_COPIED_MS);
}

function Waiting({ since }: { readonly since: number }): VNode {
  const { words } = useApp();
  const [isLong, setLong] = useState(Date.now() - since >= LONG_WAIT_MS);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), since + LONG_WAIT_MS - Date.now());
    return () => clearTimeout(timer);
  }, [since]);
  return (
    <p class="waiting">
      <span class="dots" aria-hidden="true" />
      {isLong ? words.stillThinking : words.thinking}
    </p>
  );
}
