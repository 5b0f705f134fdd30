import { useState } from 'preact/hooks';
import type { ContentItem, HostRow, Problem } from '../../api';
import { bytes } from '../../format';
import { post, problem } from '../../http';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { ProblemNotice } from '../../parts/Notice';
import { useStore } from '../../store';
import { HoldingCell } from './HoldingCell';

interface Props {
  item: ContentItem;
  host: HostRow;
  onClose: () => void;
}

/** One bundle on one host. */
export function HoldingDialog({ item, host, onClose }: Props) {
  const { sync } = useStore();
  const holding = sync.find((row) => row.digest === item.digest && row.host === host.id);
  return (
    <Dialog
      title={`${item.name} on ${host.name}`}
      onClose={onClose}
      actions={
        <>
          {holding?.state !== 'synced' && <RetryNow host={host} />}
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <dl class="facts">
        <dt>State</dt>
        <dd>
          <HoldingCell holding={holding} />
        </dd>
        <dt>Size</dt>
        <dd>{bytes(item.size)}</dd>
        <dt>Digest</dt>
        <dd>
          <code>{item.digest}</code>
        </dd>
      </dl>
    </Dialog>
  );
}

function RetryNow({ host }: { host: HostRow }) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const retry = async () => {
    setBusy(true);
    setFailed(null);
    try {
      await post('/sync/retry');
    } catch (error) {
      setFailed(problem(error));
    }
    setBusy(false);
  };
  return (
    <>
      <ProblemNotice problem={failed} />
      <Button
        icon="sync"
        busy={busy}
        reasonAs="tip"
        reason={host.self ? null : `A host retries for itself: open the Local UI of ${host.name}.`}
        onClick={retry}
      >
        Retry now
      </Button>
    </>
  );
}
