import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Reason } from '../api';
import { because } from './Button';
import { Icon, type IconName } from './Icon';

export interface Entry {
  text: string;
  icon: IconName;
  /** A page to open in a tab of its own, or what to do. */
  href?: string;
  act?: () => void;
  danger?: boolean;
  chosen?: boolean;
  reason?: Reason | string | null;
}

interface Props {
  label: string;
  entries: Entry[];
  children: ComponentChildren;
  class?: string;
  header?: ComponentChildren;
}

/** A button that opens a menu; arrows move, Escape leaves, disabled entries say why. */
export function Menu({ label, entries, children, header, class: style = 'icon-button' }: Props) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const leave = () => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open || !list.current || !button.current) return;
    place(list.current, button.current);
    items(list.current)[0]?.focus();
    const outside = (event: Event) => {
      const inside = list.current?.contains(event.target as Node);
      if (!inside && !button.current?.contains(event.target as Node)) setOpen(false);
    };
    const away = () => setOpen(false);
    document.addEventListener('pointerdown', outside);
    addEventListener('scroll', away, true);
    addEventListener('resize', away);
    return () => {
      document.removeEventListener('pointerdown', outside);
      removeEventListener('scroll', away, true);
      removeEventListener('resize', away);
    };
  }, [open]);
  return (
    <span class="menu">
      <button
        ref={button}
        type="button"
        class={style}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {children}
      </button>
      {open && (
        <div class="menu-list" ref={list}>
          {header}
          <div
            role="menu"
            aria-label={label}
            onKeyDown={(event) => list.current && move(event, list.current, leave)}
          >
            {entries.map((entry) => (
              <MenuEntry entry={entry} leave={leave} />
            ))}
          </div>
        </div>
      )}
    </span>
  );
}

function MenuEntry({ entry, leave }: { entry: Entry; leave: () => void }) {
  const inside = (
    <>
      <Icon name={entry.icon} />
      <span>
        {entry.text}
        {entry.reason && <span class="why">{because(entry.reason)}</span>}
      </span>
      {entry.chosen && <Icon name="check" />}
    </>
  );
  if (entry.href) {
    return (
      <a role="menuitem" tabIndex={-1} href={entry.href} target="_blank" rel="noreferrer">
        {inside}
      </a>
    );
  }
  return (
    <button
      type="button"
      role={entry.chosen === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={entry.chosen}
      tabIndex={-1}
      class={entry.danger ? 'danger' : undefined}
      aria-disabled={entry.reason ? true : undefined}
      onClick={() => {
        if (entry.reason) return;
        leave();
        entry.act?.();
      }}
    >
      {inside}
    </button>
  );
}

const items = (list: HTMLElement) =>
  Array.from(list.querySelectorAll<HTMLElement>('[role^="menuitem"]'));

function move(event: KeyboardEvent, list: HTMLElement, leave: () => void) {
  const all = items(list);
  const here = all.indexOf(document.activeElement as HTMLElement);
  const target: Record<string, number> = {
    ArrowDown: (here + 1) % all.length,
    ArrowUp: (here + all.length - 1) % all.length,
    Home: 0,
    End: all.length - 1,
  };
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    leave();
  } else if (event.key in target) {
    event.preventDefault();
    all[target[event.key]]?.focus();
  }
}

/** Beside its button and inside the window, whatever scrolls around it. */
function place(list: HTMLElement, button: HTMLElement) {
  const from = button.getBoundingClientRect();
  const size = list.getBoundingClientRect();
  const below = from.bottom + 4 + size.height < innerHeight;
  const left = Math.min(from.left, innerWidth - size.width - 12);
  list.style.left = `${Math.max(12, left)}px`;
  list.style.top = `${Math.max(8, below ? from.bottom + 4 : from.top - size.height - 4)}px`;
}
