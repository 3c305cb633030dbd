import type { VNode } from 'preact';
import { MARK } from '../../../src/kit/brand';

/** Strokes of the icons, in a box of 24. */
const ICONS = {
  send: 'M5 12h13M12.500 6l6 6-6 6',
  stop: 'M8 8h8v8H8z',
  lock: 'M7.500 11V8.500a4.500 4.500 0 0 1 9 0V11M6 11h12v8.500H6z',
  back: 'M14.500 6l-6 6 6 6',
  menu: 'M5 7h14M5 12h14M5 17h14',
  close: 'M7 7l10 10M17 7L7 17',
  reply: 'M9 8l-4.500 4.500L9 17M5 12.500h9a5 5 0 0 1 5 5V19',
  trash: 'M5 7h14M10 7V5h4v2M7 7l.8 12h8.400L17 7',
  down: 'M12 5v13M6 12.500l6 6 6-6',
  fresh: 'M12 5v14M5 12h14',
  copy: 'M9 9h10v10H9zM15 9V5H5v10h4',
  done: 'M5 12.500l4.500 4.500L19 7.500',
  again: 'M19 12a7 7 0 1 1-2.200-5.100M19 4v4.500h-4.500',
  clip: 'M17.500 11.500l-6 6a4 4 0 0 1-5.700-5.700l7-7a2.700 2.700 0 0 1 3.800 3.800l-7 7a1.300 1.300 0 0 1-1.900-1.900l6-6',
  mark: MARK,
} as const;

export type IconName = keyof typeof ICONS;

/** A decorative icon: the control around it carries the name. */
export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" class={`icon icon-${name}`}>
      <path d={ICONS[name]} />
    </svg>
  );
}

export function Avatar({ who, name, large }: { who: string; name: string; large?: boolean }): VNode {
  return (
    <span class={`avatar avatar-${who}${large === true ? ' large' : ''}`} aria-hidden="true">
      {who === 'dejiren' ? <Icon name="mark" /> : name.slice(0, 1)}
    </span>
  );
}

/** A button that shows an icon alone, and has its name for those who point at it or hear it. */
export function IconButton({
  name,
  label,
  onClick,
  class: more = '',
}: {
  readonly name: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly class?: string;
}): VNode {
  return (
    <button type="button" class={`icon-button ${more}`} aria-label={label} title={label} onClick={onClick}>
      <Icon name={name} />
    </button>
  );
}
