import { useEffect, useState } from 'preact/hooks';
import type { Aside, AsideItem, Items } from '../../api';
import { bytes, dateTime, many } from '../../format';
import { get, remove, url } from '../../http';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { nameOf, useStore, type State } from '../../store';

const MEMBERS = 'members';
const CONTENT = 'content';

/** What this host alone had accepted when it followed a takeover: never merged, never lost. */
export function AsideCard() {
  const [asides, reload] = useAsides();
  const [asked, ask] = useState<Aside | null>(null);
  if (asides.length === 0) return null;
  return (
    <section class="card" aria-labelledby="aside-title">
      <h2 id="aside-title">Set aside</h2>
      <p class="hint">
        This host alone had accepted this when it followed another leader. It is not in the group;
        keep what you need, then delete it.
      </p>
      {asides.map((aside) => (
        <One key={aside.id} aside={aside} onDelete={() => ask(aside)} />
      ))}
      {asked && (
        <Confirm
          title={`Delete what was set aside ${dateTime(asked.time)}?`}
          danger
          act={async () => {
            await remove(`/group/aside/${asked.id}`);
            await reload();
          }}
          onClose={() => ask(null)}
        >
          <p>
            {many(asked.items.length, 'entry', 'entries')} of generation{' '}
            <strong>{asked.generation}</strong> {asked.items.length === 1 ? 'is' : 'are'} removed
            from this host for good. The group is not touched.
          </p>
          <p class="hint">This cannot be undone.</p>
        </Confirm>
      )}
    </section>
  );
}

/** No event tells of it, but it changes only when this host changes the group it follows. */
function useAsides(): [Aside[], () => Promise<void>] {
  const { leader, link } = useStore();
  const [asides, show] = useState<Aside[]>([]);
  const reload = async () => {
    try {
      const answer = await get<Items<Aside>>('/group/aside');
      show(answer.items);
    } catch {
      show([]); // the room is away: the next change asks again
    }
  };
  useEffect(() => void reload(), [leader?.leading, leader?.challenge?.by, link?.leader]);
  return [asides, reload];
}

function One({ aside, onDelete }: { aside: Aside; onDelete: () => void }) {
  const state = useStore();
  return (
    <div class="aside">
      <header>
        <h3>
          Generation {aside.generation}, set aside {dateTime(aside.time)}
        </h3>
        <Button icon="trash" onClick={onDelete}>
          Delete
        </Button>
      </header>
      <ul class="entries">
        {aside.items.map((item) => (
          <li>
            <Icon
              name={item.slice === MEMBERS ? 'hosts' : item.slice === CONTENT ? 'content' : 'box'}
            />
            <span>
              <What item={item} state={state} />
              <small>{origin(item, state)}</small>
            </span>
          </li>
        ))}
      </ul>
    </div>
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
