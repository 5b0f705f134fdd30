import type { ComponentChildren } from 'preact';
import { Icon } from './Icon';

interface Props {
  open: boolean;
  onTurn: (open: boolean) => void;
  label: string;
  children: ComponentChildren;
}

/** A button that shows and hides more of what it stands beside. */
export function Disclose({ open, onTurn, label, children }: Props) {
  return (
    <button
      type="button"
      class="disclose"
      aria-expanded={open}
      aria-label={label}
      onClick={() => onTurn(!open)}
    >
      <Icon name="chevron" />
      {children}
    </button>
  );
}
