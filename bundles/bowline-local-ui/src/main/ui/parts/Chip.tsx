import type { Cell, HostRow, LinkStatus } from '../api';
import { since } from '../format';
import { Icon, type IconName } from './Icon';
import { WORDS } from './Steps';

export type Tone = 'good' | 'busy' | 'bad' | 'warn' | 'calm' | 'accent';

export function Chip({ tone, icon, text }: { tone: Tone; icon?: IconName; text: string }) {
  return (
    <span class={`chip ${tone}`}>
      {icon && <Icon name={icon} spin={icon === 'sync'} />}
      {text}
    </span>
  );
}

export function StatusChip({ status }: { status: HostRow['status'] }) {
  return status === 'ready' ? (
    <Chip tone="good" icon="check" text="Ready" />
  ) : (
    <Chip tone="accent" icon="flag" text="In-Use" />
  );
}

const LINKS: Record<LinkStatus, [Tone, IconName]> = {
  pending: ['calm', 'clock'],
  'in-progress': ['busy', 'sync'],
  completed: ['good', 'check'],
  failed: ['bad', 'cross'],
};

export function LinkStatusChip({ status }: { status: LinkStatus }) {
  return <Chip tone={LINKS[status][0]} icon={LINKS[status][1]} text={WORDS[status]} />;
}

/** What is not green says why and what to do, in the cell itself. */
export function Why({ cell }: { cell: Pick<Cell, 'reason' | 'fix'> }) {
  if (!cell.reason && !cell.fix) return null;
  return (
    <span class="cell-why">
      {cell.reason}
      {cell.fix && <span class="fix"> {cell.fix}</span>}
    </span>
  );
}

export function ContentCell({ cell }: { cell: Cell }) {
  if (cell.state === 'synced') return <Chip tone="good" icon="check" text="Synced" />;
  if (cell.state === 'syncing') {
    return (
      <span class="cell">
        <Chip tone="busy" icon="sync" text={`Syncing ${cell.percent} %`} />
        <Bar percent={cell.percent} label="Content" />
        <Why cell={cell} />
      </span>
    );
  }
  return (
    <span class="cell">
      <Chip tone="warn" icon="warn" text="Not Synced" />
      <Why cell={cell} />
    </span>
  );
}

export function HealthCell({ cell, lastContact }: { cell: Cell; lastContact: string | null }) {
  if (cell.state === 'healthy') return <Chip tone="good" icon="check" text="Healthy" />;
  const away = cell.state === 'unreachable';
  const from = lastContact ? ` since ${since(lastContact)}` : '';
  return (
    <span class="cell">
      {away ? (
        <Chip tone="bad" icon="off" text={`Unreachable${from}`} />
      ) : (
        <Chip tone="warn" icon="warn" text="Unhealthy" />
      )}
      <Why cell={cell} />
    </span>
  );
}

export function Bar({ percent, label }: { percent: number; label: string }) {
  return (
    <span
      class="bar"
      role="progressbar"
      aria-label={label}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
