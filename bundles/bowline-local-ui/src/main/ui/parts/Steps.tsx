import type { Check, LinkStatus } from '../api';
import { Icon, type IconName } from './Icon';

const ICONS: Record<LinkStatus, IconName> = {
  pending: 'clock',
  'in-progress': 'sync',
  completed: 'check',
  failed: 'cross',
};

export const WORDS: Record<LinkStatus, string> = {
  pending: 'Pending',
  'in-progress': 'InProgress',
  completed: 'Completed',
  failed: 'Failed',
};

export interface StepRow {
  title: string;
  status: LinkStatus;
  detail?: string;
  fix?: string;
}

/** Pre-flight rows: what passed, and what does not with its fix. */
export const checkRows = (checks: Check[]): StepRow[] =>
  checks.map((check) => ({
    title: check.failed ? check.failed.title : check.title,
    status: check.failed ? 'failed' : 'completed',
    detail: check.failed ? check.failed.detail : check.detail,
    fix: check.failed?.fix,
  }));

/** What is done and to be done, in order. */
export function Steps(props: { rows: StepRow[]; label: string; lined?: boolean }) {
  const { rows, label, lined } = props;
  return (
    <ol class={lined ? 'steps lined' : 'steps'} aria-label={label}>
      {rows.map((row) => (
        <li class={row.status}>
          <Icon name={ICONS[row.status]} spin={row.status === 'in-progress'} />
          <span>
            <span class="step-title">
              {row.title}
              <span class="unseen">: {WORDS[row.status]}</span>
            </span>
            {row.detail && <span class="step-detail">{row.detail}</span>}
            {row.fix && <span class="step-detail fix">{row.fix}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
