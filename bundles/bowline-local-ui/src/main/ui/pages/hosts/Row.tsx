import type { HostRow } from '../../api';
import { ago, at, dateTime } from '../../format';
import { Chip, ContentCell, HealthCell, StatusChip, Why } from '../../parts/Chip';
import { Icon } from '../../parts/Icon';
import { Menu, type Entry } from '../../parts/Menu';
import { self, useStore } from '../../store';
import type { Ask } from './HostTable';

/** One host; what is not green says why and what to do. */
export function Row({ host, ask }: { host: HostRow; ask: (what: Ask) => void }) {
  return (
    <tr class={host.self ? 'mine' : undefined}>
      <td class="address">
        <span>
          <Address host={host} />
          <Menu label={`Actions for ${host.name}`} entries={entries(host, ask)}>
            <Icon name="dots" />
          </Menu>
        </span>
        {host.moved && (
          <small title={dateTime(host.moved.at)}>moved {ago(host.moved.at)}, same key</small>
        )}
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
      <td class="version">
        <Version host={host} />
      </td>
      <td class="number">
        <LastContact host={host} />
      </td>
    </tr>
  );
}

/** Old and new, where a host moved behind Bowline's back. */
export function Address({ host }: { host: HostRow }) {
  const { moved } = host;
  if (!moved) return <>{host.addresses[0]}</>;
  return (
    <span class="moved">
      <del>{moved.from[0]}</del>
      <span> → </span>
      <ins>{moved.to[0]}</ins>
    </span>
  );
}

export function LastContact({ host }: { host: HostRow }) {
  if (host.self) return <>now</>;
  if (!host.lastContact) return <>not since the start</>;
  return <time title={dateTime(host.lastContact)}>{ago(host.lastContact)}</time>;
}

function entries(host: HostRow, ask: (what: Ask) => void): Entry[] {
  return [
    { text: 'Open its Local UI', icon: 'external', href: at(host.addresses[0], host.uiPort) },
    { text: 'Details', icon: 'info', act: () => ask('details') },
    {
      text: 'Run check',
      icon: 'pulse',
      act: () => ask('check'),
      reason: host.self ? 'This page comes from this very host.' : null,
    },
    {
      text: 'Unlink',
      icon: 'unlink',
      danger: true,
      act: () => ask('unlink'),
      reason: host.cannotUnlink,
    },
    {
      text: 'Forget',
      icon: 'trash',
      danger: true,
      act: () => ask('forget'),
      reason: host.cannotForget,
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

function Version({ host }: { host: HostRow }) {
  const mine = self(useStore())?.version ?? host.version;
  if (host.version === mine) return <span class="number">{host.version}</span>;
  return (
    <span class="cell">
      <Chip tone="warn" icon="warn" text={host.version} />
      <Why
        cell={{
          reason: `This host runs ${mine}.`,
          fix: 'Bring both agents to the same release.',
        }}
      />
    </span>
  );
}
