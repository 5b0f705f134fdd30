import type { HostRow } from '../../api';
import { ago, fingerprint } from '../../format';
import { ContentCell, HealthCell, StatusChip } from '../../parts/Chip';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { useStore } from '../../store';
import { HoldingCell } from '../content/HoldingCell';
import { Role } from './HostTable';

export function HostDetails({ host, onClose }: { host: HostRow; onClose: () => void }) {
  const { sync, content } = useStore();
  const missing = sync.filter((row) => row.host === host.id && row.state !== 'synced');
  return (
    <Dialog
      title={host.name}
      onClose={onClose}
      actions={<Button onClick={onClose}>Close</Button>}
      wide
    >
      <dl class="facts">
        <dt>IP addresses</dt>
        <dd>{host.addresses.join(', ')}</dd>
        <dt>Key fingerprint</dt>
        <dd>
          <code>{fingerprint(host.id)}</code>
        </dd>
        <dt>Role</dt>
        <dd>
          <Role host={host} />
        </dd>
        <dt>Status</dt>
        <dd>
          <StatusChip status={host.status} />
        </dd>
        <dt>Content</dt>
        <dd>
          <ContentCell cell={host.content} />
        </dd>
        <dt>Health</dt>
        <dd>
          <HealthCell cell={host.health} lastContact={host.lastContact} />
        </dd>
        <dt>Agent version</dt>
        <dd>{host.version}</dd>
        <dt>Last contact</dt>
        <dd>{host.self ? 'this host' : ago(host.lastContact)}</dd>
        {missing.map((row) => (
          <>
            <dt>{content.find((item) => item.digest === row.digest)?.name ?? 'Content'}</dt>
            <dd>
              <HoldingCell holding={row} />
            </dd>
          </>
        ))}
      </dl>
    </Dialog>
  );
}
