import { useEffect, useState } from 'preact/hooks';
import type { Aside, AsideItem, AsideRow, Items } from '../../api';
import { bytes, dateTime, many } from '../../format';
import { get, url } from '../../http';
import { Button } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import { PlanConfirm } from '../../parts/PlanConfirm';
import { nameOf, read, useStore, write, type State } from '../../store';

const MEMBERS = 'members';
const CONTENT = 'content';

/** What this host alone had accepted when it followed a takeover: never merged, never lost. */
export function AsideCard() {
  const { aside } = useStore();
  const [asked, ask] = useState<AsideRow | null>(null);
  const items = useItems(aside);
  if (aside.length === 0) return null;
  return (
    <section class="card" aria-labelledby="aside-title">
      <h2 id="aside-title">Set aside</h2>
      <p class="hint">
        This host alone had accepted this when it followed another leader. It is not in the group;
        keep what you need, then delete it.
      </p>
      {aside.map((row) => (
        <One key={row.id} row={row} items={items[row.id]} onDelete={() => ask(row)} />
      ))}
      {asked && <DeleteAside row={asked} onClose={() => ask(null)} />}
    </section>
  );
}

/** What exactly it was, as far as this user may see it. */
function useItems(aside: AsideRow[]): Record<string, AsideItem[] | undefined> {
  const [items, show] = useState<Record<string, AsideItem[] | undefined>>({});
  const { session } = useStore();
  useEffect(() => {
    if (session?.role !== 'admin' || aside.length === 0) return;
    const load = async () => {
      try {
        const answer = await get<Items<Aside>>('/group/aside');
        show(Object.fromEntries(answer.items.map((one) => [one.id, one.items])));
      } catch {
        // The counts stay; the next event asks again.
      }
    };
    void load();
  }, [session?.role, aside]);
  return items;
}

interface OneProps {
  row: AsideRow;
  items: AsideItem[] | undefined;
  onDelete: () => void;
}

function One({ row, items, onDelete }: OneProps) {
  const state = useStore();
  const admin = state.session?.role === 'admin';
  return (
    <div class="aside">
      <header>
        <h3>
          Generation {row.generation}, set aside {dateTime(row.time)}
        </h3>
        <Button
          icon="trash"
          reason={admin ? null : 'Only an admin may delete it.'}
          reasonAs="tip"
          onClick={onDelete}
        >
          Delete
        </Button>
      </header>
      {items ? (
        <ul class="entries">
          {items.map((item) => (
            <li>
              <Icon name={ICONS[item.slice] ?? 'box'} />
              <span>
                <What item={item} state={state} />
                <small>{origin(item, state)}</small>
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p class="hint">
          {many(row.count, 'entry', 'entries')}. {!admin && 'Only admins see what exactly.'}
        </p>
      )}
    </div>
  );
}

const ICONS: Record<string, 'hosts' | 'content' | undefined> = {
  [MEMBERS]: 'hosts',
  [CONTENT]: 'content',
};

function DeleteAside({ row, onClose }: { row: AsideRow; onClose: () => void }) {
  return (
    <PlanConfirm
      title={`Delete what was set aside ${dateTime(row.time)}?`}
      method="DELETE"
      path={`/group/aside/${row.id}`}
      danger
      after={async () => write({ aside: read().aside.filter((one) => one.id !== row.id) })}
      onClose={onClose}
    >
      <p>
        {many(row.count, 'entry', 'entries')} of generation <strong>{row.generation}</strong>{' '}
        {row.count === 1 ? 'is' : 'are'} removed from this host for good. The group is not touched.
      </p>
      <p class="hint">This cannot be undone.</p>
    </PlanConfirm>
  );
}

function What({ item, state }: { item: AsideItem; state: State }) {
  const value = (item.value ?? {}) as { name?: string; size?: number; digest?: string };
  if (item.slice === MEMBERS) {
    const host = value.name ?? nameOf(state, item.key);
    return (
      <>
        Host <strong>{host}</strong>{' '}
        {item.what === 'expelled' ? 'was taken out' : 'was admitted or changed'}
      </>
    );
  }
  if (item.slice === CONTENT && value.name) {
    return (
      <>
        Content <a href={url(`/content/${value.digest ?? item.key}/data`)}>{value.name}</a>
        {value.size !== undefined && ` (${bytes(value.size)})`}
      </>
    );
  }
  return (
    <>
      {item.value === null ? 'Removed ' : 'Written '}
      <code>
        {item.slice}/{item.key}
      </code>
    </>
  );
}

function origin(item: AsideItem, state: State): string {
  const who = item.actor ? `by ${item.actor.name}` : 'by an unknown user';
  const where = item.host ? ` on ${nameOf(state, item.host)}` : '';
  return `${who}${where}${item.time ? `, ${dateTime(item.time)}` : ''}`;
}
