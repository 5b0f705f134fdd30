import type { LinkOperation } from '../../api';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Notice, ProblemNotice } from '../../parts/Notice';
import { Steps, type StepRow } from '../../parts/Steps';
import { leaderOf, self, useStore, type State } from '../../store';
import { stepRows } from './PastLinks';

interface Props {
  title: string;
  started: LinkOperation;
  onClose: () => void;
}

/** The link as it goes, until the group's content is here. */
export function LinkProgress({ title, started, onClose }: Props) {
  const state = useStore();
  const last = state.link?.last;
  const operation = last?.id === started.id ? last : started;
  const rows = stepRows(operation);
  if (operation.status === 'completed') rows.push(firstSync(state));
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      actions={
        <Button kind="primary" onClick={onClose}>
          {operation.status === 'completed' ? 'Done' : 'Close'}
        </Button>
      }
    >
      <div class="progress" aria-live="polite">
        {operation.status === 'completed' && (
          <Notice kind="good">
            <strong>Linked to {leaderOf(state)?.name ?? 'the leader'}</strong>
            <p>Both hosts now show the same table of Linked Edge Hosts.</p>
          </Notice>
        )}
        {operation.status === 'failed' && <ProblemNotice problem={operation.reason} />}
        <Steps label="Steps of the link" lined rows={rows} />
        {operation.status === 'failed' && <p class="hint">Nothing was changed on either host.</p>}
        {(operation.status === 'pending' || operation.status === 'in-progress') && (
          <p class="hint">You may close this box: the link goes on.</p>
        )}
      </div>
    </Dialog>
  );
}

function firstSync(state: State): StepRow {
  const cell = self(state)?.content;
  if (!cell || cell.state === 'syncing') {
    return {
      title: 'First sync',
      status: 'in-progress',
      detail: cell ? `${cell.percent} %` : undefined,
    };
  }
  if (cell.state === 'synced') {
    return { title: 'First sync', status: 'completed', detail: 'Content is Synced' };
  }
  return { title: 'First sync', status: 'failed', detail: cell.reason, fix: cell.fix };
}
