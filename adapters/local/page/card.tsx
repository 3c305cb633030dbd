import type { ComponentChildren, VNode } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ButtonView, CardView } from '../wire';
import { useApp } from './context';
import { CopyButton, DownloadButton } from './copy';
import { Icon } from './icon';

type Fact = CardView['facts'][number];
type Link = CardView['links'][number];

interface CardProps {
  readonly id: string;
  readonly card: CardView;
}

/** A card that one person sees. */
export function Card({ id, card }: CardProps): VNode {
  const box = useRef<HTMLDivElement>(null);
  // A press puts another card in this one's place, and its buttons are gone: the focus stays here, on no button of them.
  const hadFocus = box.current?.contains(document.activeElement) === true;
  useLayoutEffect(() => {
    if (hadFocus && box.current?.contains(document.activeElement) !== true) box.current?.focus();
  }, [card.version]);
  // A card that goes away, with the focus in it, gives it to the message box.
  useLayoutEffect(() => {
    const { current } = box;
    return () => {
      if (current?.contains(document.activeElement) === true)
        queueMicrotask(() => document.getElementById('box')?.focus());
    };
  }, []);
  return (
    <div class={card.title === '' ? 'card note' : 'card'} ref={box} tabIndex={-1}>
      <CardContent key={card.version} id={id} card={card} />
    </div>
  );
}

function CardContent({ id, card }: CardProps): VNode {
  const { words } = useApp();
  const [ticked, tick] = useState(false);
  const [unfolded, unfold] = useState<number>();
  const region = useId();
  const { title, paragraphs, lines = [], facts, links, copy, choice, buttons, footnote } = card;
  const more = unfolded === undefined ? undefined : buttons[unfolded]?.details;
  return (
    <>
      <p class="only-you">
        <Icon name="lock" />
        {words.onlyYou}
      </p>
      {title !== '' && <h3>{title}</h3>}
      {paragraphs.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Facts facts={lines} class="lines" />
      <Facts facts={facts} />
      <Links links={links} />
      {copy !== undefined && <Copy {...copy} />}
      {choice !== undefined && (
        <label class="choice">
          <input type="checkbox" checked={ticked} onChange={({ currentTarget }) => tick(currentTarget.checked)} />
          {choice}
        </label>
      )}
      <Buttons
        id={id}
        card={card}
        ticked={ticked}
        region={region}
        unfolded={unfolded}
        unfold={(index) => unfold(unfolded === index ? undefined : index)}
      />
      {more !== undefined && (
        <div class="details" id={region}>
          <Facts facts={more.facts} />
          <Links links={more.links} />
          <p class="footnote">{more.footnote}</p>
        </div>
      )}
      {footnote !== undefined && <p class="footnote">{footnote}</p>}
    </>
  );
}

interface ButtonsProps extends CardProps {
  readonly ticked: boolean;
  /** The id of what a button unfolds. */
  readonly region: string;
  readonly unfolded: number | undefined;
  readonly unfold: (index: number) => void;
}

/** Buttons are pressed by their position on the version of the card that is shown. */
function Buttons({ id, card, ticked, region, unfolded, unfold }: ButtonsProps): VNode | null {
  const { actions } = useApp();
  const [pressed, setPressed] = useState(false);
  async function press(index: number): Promise<void> {
    if (pressed) return;
    setPressed(true);
    await actions.press(id, card.version, index, ticked);
    setPressed(false);
  }
  if (card.buttons.length === 0) return null;
  return (
    <div class="buttons">
      {card.buttons.map((button, index) =>
        button.details === undefined ? (
          <CardButton key={button.label} {...button} busy={pressed} onClick={() => void press(index)} />
        ) : (
          <CardButton
            key={button.label}
            {...button}
            expanded={unfolded === index}
            controls={region}
            onClick={() => unfold(index)}
          />
        ),
      )}
    </div>
  );
}

interface CardButtonProps extends Pick<ButtonView, 'label' | 'style'> {
  readonly busy?: boolean;
  readonly expanded?: boolean;
  readonly controls?: string;
  readonly onClick: () => void;
}

/** A mouse leaves the focus where it was: in the message box, as a rule. */
function CardButton({ label, style, busy, expanded, controls, onClick }: CardButtonProps): VNode {
  return (
    <button
      type="button"
      class={`button ${style}`}
      aria-disabled={busy}
      aria-expanded={expanded}
      aria-controls={expanded === true ? controls : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

function Facts({ facts, class: name }: { readonly facts: readonly Fact[]; readonly class?: string }): VNode | null {
  if (facts.length === 0) return null;
  const rows: ComponentChildren = facts.map(({ label, value }) => (
    <div key={label}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ));
  return <dl class={name}>{rows}</dl>;
}

function Links({ links }: { readonly links: readonly Link[] }): VNode | null {
  if (links.length === 0) return null;
  return (
    <ul class="links">
      {links.map(({ label, url }) => (
        <li key={url}>
          {isWebAddress(url) ? (
            <a href={url} target="_blank" rel="noopener noreferrer">
              {label}
            </a>
          ) : (
            label
          )}
        </li>
      ))}
    </ul>
  );
}

function Copy({ text, fileName }: NonNullable<CardView['copy']>): VNode {
  return (
    <div class="code">
      <div class="code-head">
        <span>{fileName}</span>
        <span>
          <CopyButton text={text} />
          <DownloadButton text={text} fileName={fileName} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and somebody may have no mouse */}
      <pre tabIndex={0} class="wraps">
        <code>{text}</code>
      </pre>
    </div>
  );
}

/** On the web, or on dejiren's own server. */
function isWebAddress(url: string): boolean {
  return /^(https?:\/\/|\/(?!\/))/u.test(url);
}
