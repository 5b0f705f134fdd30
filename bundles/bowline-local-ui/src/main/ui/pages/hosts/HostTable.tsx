import { useState } from 'preact/hooks';
import type { HostRow } from '../../api';
import { ago, at } from '../../format';
import { remove } from '../../http';
import { refresh } from '../../live';
import { Chip, ContentCell, HealthCell, StatusChip } from '../../parts/Chip';
import { Confirm } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { Menu, type Entry } from '../../parts/Menu';
import { useNow, useStore } from '../../store';
import { HostDetails } from './HostDetails';

interface Asked {
  host: HostRow;
  what: 'details' | 'unlink';
}

/** The table of linked hosts, the same on every host. */
export function HostTable({ title }: { title: string }) {
  useNow(5000);
  const { hosts } = useStore();
  const [asked, ask] = useState<Asked | null>(null);
  const now = hosts.find((host) => host.id === asked?.host.id) ?? asked?.host;
  return (
    <section class="card flush" aria-labelledby="hosts-title">
      <h2 id="hosts-title">
        {title} {hosts.length > 1 && <span class="count">{hosts.length}</span>}
      </h2>
      <div class="scroll" tabIndex={0} role="group" aria-labelledby="hosts-title">
        <table aria-labelledby="hosts-title">
          <thead>
            <tr>
              <th scope="col">IP address</th>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">Status</th>
              <th scope="col">Content</th>
              <th scope="col">Health</th>
              <th scope="col">Version</th>
              <th scope="col">Last contact</th>
            </tr>
          </thead>
          <tbody>
            {hosts.map((host) => (
              <Row key={host.id} host={host} ask={(what) => ask({ host, what })} />
            ))}
          </tbody>
        </table>
      </div>
      {asked?.what === 'details' && now && <HostDetails host={now} onClose={() => ask(null)} />}
      {asked?.what === 'unlink' && <UnlinkHost host={asked.host} onClose={() => ask(null)} />}
    </section>
  );
}

function Row({ host, ask }: { host: HostRow; ask: (what: Asked['what']) => void }) {
  return (
    <tr>
      <td class="address">
        <span>
          {host.addresses[0]}
          <Menu label={`Actions for ${host.name}`} entries={entries(host, ask)}>
            <Icon name="dots" />
          </Menu>
        </span>
      </td>
      <th scope="row">
        {host.name} {host.self && <span class="tag">this host</span>}
      </th>
      <td>
        <Role host={host} />
      </td>
      <td>
        <StatusChip status={host.status} />
      </td>
      <td>
        <ContentCell cell={host.content} />
      </td>
      <td>
        <HealthCell cell={host.health} lastContact={host.lastContact} />
      </td>
      <td class="number">{host.version}</td>
      <td class="number">{host.self ? 'now' : ago(host.lastContact)}</td>
    </tr>
  );
}

function entries(host: HostRow, ask: (what: Asked['what']) => void): Entry[] {
  return [
    { text: 'Open its Local UI', icon: 'external', href: at(host.addresses[0], host.uiPort) },
    { text: 'Details', icon: 'info', act: () => ask('details') },
    {
      text: 'Unlink',
      icon: 'unlink',
      danger: true,
      act: () => ask('unlink'),
      reason: host.cannotUnlink,
    },
  ];
}

export function Role({ host }: { host: HostRow }) {
  const { leader, link } = useStore();
  if (host.role === 'control-plane') return <Chip tone="accent" icon="flag" text="Control plane" />;
  if (host.role === 'worker') return <>Worker</>;
  if (host.leader) return <Chip tone="accent" icon="flag" text="Leader" />;
  return <>{leader?.leading || link?.follower ? 'Follower' : 'Standalone'}</>;
}

function UnlinkHost({ host, onClose }: { host: HostRow; onClose: () => void }) {
  const act = async () => {
    await remove(host.self ? '/link' : `/hosts/${host.id}`);
    await refresh(['hosts', 'leader', 'link']);
  };
  return (
    <Confirm title={`Unlink ${host.name}?`} danger act={act} onClose={onClose}>
      <p>
        <strong>{host.name}</strong> ({host.addresses[0]}) leaves the group. It keeps the content
        it holds, and can then be linked to another host or be used alone.
      </p>
      <p class="hint">The other hosts stay linked. To come back it needs a new token.</p>
    </Confirm>
  );
}
