import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Problem, Reason } from '../api';
import { problem } from '../http';
import { Button } from './Button';
import { Icon } from './Icon';
import { ProblemNotice } from './Notice';

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
  actions?: ComponentChildren;
  wide?: boolean;
}

/** A modal box; the browser keeps the focus inside and Escape closes it. */
export function Dialog({ title, onClose, children, actions, wide }: Props) {
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = box.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      class={wide ? 'wide' : undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="cross" />
        </button>
      </header>
      <div class="dialog-body">{children}</div>
      {actions && <footer>{actions}</footer>}
    </dialog>
  );
}

interface ConfirmProps {
  title: string;
  /** What the act does to what, in full sentences. */
  children: ComponentChildren;
  danger?: boolean;
  /** Why it cannot be confirmed. */
  reason?: Reason | string | null;
  wide?: boolean;
  act: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks once more, then acts; stays open with the reason if the act is refused. */
export function Confirm(props: ConfirmProps) {
  const { title, children, danger, reason, wide, act, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const confirm = async () => {
    setBusy(true);
    setFailed(null);
    try {
      await act();
      onClose();
    } catch (error) {
      setFailed(problem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide={wide}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind={danger ? 'danger' : 'primary'}
            busy={busy}
            reason={reason}
            reasonAs="tip"
            onClick={confirm}
          >
            Confirm
          </Button>
        </>
      }
    >
      {children}
      <ProblemNotice problem={failed} />
    </Dialog>
  );
}
