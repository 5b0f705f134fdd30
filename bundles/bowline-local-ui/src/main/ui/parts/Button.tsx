import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Reason } from '../api';
import { sentence } from '../format';
import { Icon, type IconName } from './Icon';

interface Props {
  children: ComponentChildren;
  onClick: () => void;
  kind?: 'primary' | 'plain' | 'danger' | 'quiet';
  icon?: IconName;
  /** Why it is disabled; shown below it, or on focus and hover where room is short. */
  reason?: Reason | string | null;
  reasonAs?: 'note' | 'tip';
  busy?: boolean;
  /** What it does to what, where the words on it alone do not say. */
  label?: string;
  submit?: boolean;
}

export const because = (reason: Reason | string) =>
  typeof reason === 'string'
    ? reason
    : [reason.title, reason.detail, reason.fix].map(sentence).join(' ').trim();

/** A button that says why it is disabled, and that the keyboard reaches even then. */
export function Button(props: Props) {
  const id = useId();
  const { reason, busy, kind = 'plain', reasonAs = 'note' } = props;
  const disabled = Boolean(reason) || Boolean(busy);
  const button = (
    <button
      type={props.submit ? 'submit' : 'button'}
      class={`button ${kind}`}
      aria-label={props.label}
      aria-disabled={disabled || undefined}
      aria-describedby={reason ? id : undefined}
      onClick={(event) => {
        if (disabled) event.preventDefault();
        else if (!props.submit) props.onClick();
      }}
    >
      {busy ? <Icon name="sync" spin /> : props.icon && <Icon name={props.icon} />}
      {props.children}
    </button>
  );
  if (!reason) return button;
  return (
    <span class={`reasoned ${reasonAs}`}>
      {button}
      <span id={id} class="why" role={reasonAs === 'tip' ? 'tooltip' : undefined}>
        {because(reason)}
      </span>
    </span>
  );
}
