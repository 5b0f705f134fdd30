import { useState } from 'preact/hooks';
import type { ContentItem } from '../../api';
import { bytes, dateTime, many, shortDigest } from '../../format';
import { remove, url } from '../../http';
import { refresh } from '../../live';
import { Bar, Chip } from '../../parts/Chip';
import { Confirm } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { Menu } from '../../parts/Menu';
import { useStore } from '../../store';
import { cannotUpload } from './Content';

export function ContentList() {
  const { content } = useStore();
  const [asked, ask] = useState<ContentItem | null>(null);
  return (
    <div class="scroll" tabIndex={0} role="group" aria-label="Content bundles">
      <table aria-label="Content bundles">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Kind</th>
            <th scope="col">Size</th>
            <th scope="col">Hosts</th>
            <th scope="col">Added</th>
            <th scope="col">
              <span class="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {content.map((item) => (
            <Row key={item.digest} item={item} ask={ask} />
          ))}
        </tbody>
      </table>
      {asked && <RemoveContent item={asked} onClose={() => ask(null)} />}
    </div>
  );
}

function Row({ item, ask }: { item: ContentItem; ask: (item: ContentItem) => void }) {
  const state = useStore();
  const on = state.hosts.find((host) => host.id === item.addedOn)?.name;
  const closed = cannotUpload(state);
  return (
    <tr>
      <th scope="row">
        {item.name} {item.revision > 1 && <span class="tag">revision {item.revision}</span>}
        <small class="digest" title={item.digest}>
          {shortDigest(item.digest)}
        </small>
      </th>
      <td>{item.kind}</td>
      <td class="number">{bytes(item.size)}</td>
      <td>
        <Spread item={item} />
      </td>
      <td>
        {dateTime(item.addedAt)}
        <small>
          by {item.addedBy}
          {on && ` on ${on}`}
        </small>
      </td>
      <td class="end">
        <Menu
          label={`Actions for ${item.name}`}
          entries={[
            { text: 'Download', icon: 'download', href: url(`/content/${item.digest}/data`) },
            { text: 'Remove', icon: 'trash', danger: true, act: () => ask(item), reason: closed },
          ]}
        >
          <Icon name="dots" />
        </Menu>
      </td>
    </tr>
  );
}

/** On how many hosts it is, and what holds the others up. */
function Spread({ item }: { item: ContentItem }) {
  const { hosts, sync } = useStore();
  const rows = sync.filter((row) => row.digest === item.digest);
  const there = rows.filter((row) => row.state === 'synced').length;
  const text = `${there} of ${many(hosts.length, 'host')}`;
  if (there >= hosts.length) return <Chip tone="good" icon="check" text={text} />;
  const stuck = rows.find((row) => row.state === 'not-synced' && row.reason);
  const name = hosts.find((host) => host.id === stuck?.host)?.name;
  const percent = Math.floor(rows.reduce((sum, row) => sum + row.percent, 0) / hosts.length);
  return (
    <span class="cell">
      <Chip tone={stuck ? 'warn' : 'busy'} icon={stuck ? 'warn' : 'sync'} text={text} />
      <Bar percent={percent} label={`${item.name} on all hosts`} />
      {stuck && (
        <span class="cell-why">
          {name}: {stuck.reason} <span class="fix">{stuck.fix}</span>
        </span>
      )}
    </span>
  );
}

function RemoveContent({ item, onClose }: { item: ContentItem; onClose: () => void }) {
  const { hosts } = useStore();
  const act = async () => {
    await remove(`/content/${item.digest}`);
    await refresh(['content', 'sync']);
  };
  return (
    <Confirm title={`Remove ${item.name}?`} danger act={act} onClose={onClose}>
      <p>
        <strong>{item.name}</strong>
        {item.revision > 1 && ` (revision ${item.revision})`} is removed from{' '}
        {hosts.length === 1 ? 'this host' : `all ${hosts.length} hosts of the group`}, and up to{' '}
        {bytes(item.size)} come free on each. A host that is away removes it when it returns.
      </p>
      <p class="hint">This cannot be undone; to have it again, upload it again.</p>
    </Confirm>
  );
}
