import type { HostRow } from '../../api';
import { dateTime, fingerprint } from '../../format';
import { ContentCell, HealthCell, StatusChip } from '../../parts/Chip';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { useStore } from '../../store';
import { HoldingCell } from '../content/HoldingCell';
import { LastContact, Role } from './Row';

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
        {host.moved && (
          <>
            <dt>Moved</dt>
            <dd>
              {host.moved.from.join(', ')} → {host.moved.to.join(', ')} on {dateTime(host.moved.at)}
              . Its key is the same, so it is trusted as before.
            </dd>
          </>
        )}
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
        <dd>
          <LastContact host={host} />
        </dd>
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
