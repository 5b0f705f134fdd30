import type { HostRow } from '../../api';
import { refresh } from '../../live';
import { PlanConfirm } from '../../parts/PlanConfirm';
import { ago } from '../../format';
import { leaderOf, self, useStore } from '../../store';

interface Props {
  host: HostRow;
  onClose: () => void;
}

const after = () => refresh(['hosts', 'leader', 'link']);

/** A follower leaves, as the leader wishes. */
export function UnlinkHost({ host, onClose }: Props) {
  if (host.self) return <UnlinkThisHost onClose={onClose} />;
  return (
    <PlanConfirm
      title={`Unlink ${host.name}?`}
      method="DELETE"
      path={`/hosts/${host.id}`}
      danger
      after={after}
      onClose={onClose}
    >
      <p>
        <strong>{host.name}</strong> ({host.addresses[0]}) leaves the group. It keeps the content it
        holds, and can then be linked to another host or be used alone.
      </p>
      <p class="hint">The other hosts stay linked. To come back it needs a new token.</p>
    </PlanConfirm>
  );
}

/** This follower leaves by itself, even if its leader is away. */
export function UnlinkThisHost({ onClose }: { onClose: () => void }) {
  const state = useStore();
  return (
    <PlanConfirm
      title={`Unlink ${self(state)?.name ?? 'this host'}?`}
      method="DELETE"
      path="/link"
      danger
      after={after}
      onClose={onClose}
    >
      <p>
        This host leaves the group of <strong>{leaderOf(state)?.name ?? 'its leader'}</strong>. It
        keeps the content it holds, and can then be linked to another host or be used alone.
      </p>
      <p class="hint">The other hosts stay linked. To come back it needs a new token.</p>
    </PlanConfirm>
  );
}

/** A host that will never return is taken out of the table. */
export function ForgetHost({ host, onClose }: Props) {
  return (
    <PlanConfirm
      title={`Forget ${host.name}?`}
      method="DELETE"
      path={`/hosts/${host.id}?forget=true`}
      danger
      after={after}
      onClose={onClose}
    >
      <p>
        <strong>{host.name}</strong> ({host.addresses[0]}) is taken out of the group for good, last
        heard of {host.lastContact ? ago(host.lastContact) : 'before this host started'}. Forget it
        only if it will not return.
      </p>
      <p class="hint">
        Should it return after all, it learns that it is out and never rejoins by itself; it needs a
        new token.
      </p>
    </PlanConfirm>
  );
}
