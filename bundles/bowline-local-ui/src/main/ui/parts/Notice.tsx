import type { ComponentChildren } from 'preact';
import type { Problem, Reason } from '../api';
import { Icon, type IconName } from './Icon';

type Kind = 'bad' | 'warn' | 'info' | 'good';

const ICONS: Record<Kind, IconName> = { bad: 'alert', warn: 'warn', info: 'info', good: 'check' };

export function Notice({ kind, children }: { kind: Kind; children: ComponentChildren }) {
  return (
    <div class={`notice ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[kind]} />
      <div>{children}</div>
    </div>
  );
}

/** What went wrong, what exactly, and what to do: the three sentences of every refusal. */
export function ProblemNotice({ problem }: { problem: Problem | Reason | null }) {
  if (!problem) return null;
  return (
    <Notice kind="bad">
      <strong>{problem.title}</strong>
      {problem.detail && <p>{problem.detail}</p>}
      {problem.fix && <p class="fix">{problem.fix}</p>}
    </Notice>
  );
}
