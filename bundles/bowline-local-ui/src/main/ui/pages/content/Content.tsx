import { useRef, useState } from 'preact/hooks';
import { bytes, many } from '../../format';
import { Button } from '../../parts/Button';
import { Icon, type IconName } from '../../parts/Icon';
import { leaderOf, standing, useStore, type State } from '../../store';
import { add } from '../../uploads';
import { ContentList } from './ContentList';
import { DropZone } from './DropZone';
import { Matrix } from './Matrix';
import { SyncTable } from './SyncTable';
import { UploadList } from './UploadList';

type View = 'list' | 'matrix' | 'table';

const VIEWS: [View, string, IconName][] = [
  ['list', 'List', 'list'],
  ['matrix', 'Matrix', 'grid'],
  ['table', 'Table', 'table'],
];

export function Content() {
  const state = useStore();
  const [view, setView] = useState<View>('list');
  const closed = cannotUpload(state);
  const size = state.content.reduce((sum, item) => sum + item.size, 0);
  return (
    <DropZone closed={closed}>
      <div class="page-head">
        <div>
          <h1>Content</h1>
          <p class="lead">
            {state.content.length > 0
              ? `${many(state.content.length, 'bundle')}, ${bytes(size)} in all, wanted on every host of the group.`
              : 'What is uploaded on the leader reaches every host of the group.'}
          </p>
        </div>
        <UploadButton closed={closed} />
      </div>
      <UploadList />
      {state.content.length === 0 ? (
        <Empty closed={closed} />
      ) : (
        <section class="card flush" aria-label="Content bundles">
          <div class="views" role="group" aria-label="View">
            {VIEWS.map(([name, text, icon]) => (
              <button type="button" aria-pressed={view === name} onClick={() => setView(name)}>
                <Icon name={icon} />
                {text}
              </button>
            ))}
          </div>
          {view === 'list' && <ContentList />}
          {view === 'matrix' && <Matrix />}
          {view === 'table' && <SyncTable />}
        </section>
      )}
    </DropZone>
  );
}

export function cannotUpload(state: State): string | null {
  if (standing(state) !== 'follower') return null;
  const leader = leaderOf(state);
  return `Use the leader ${leader ? leader.addresses[0] : 'of this group'}.`;
}

function UploadButton({ closed }: { closed: string | null }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          add(Array.from(event.currentTarget.files ?? []));
          event.currentTarget.value = '';
        }}
      />
      <Button
        kind="primary"
        icon="upload"
        reason={closed}
        onClick={() => input.current?.click()}
      >
        Upload
      </Button>
    </>
  );
}

function Empty({ closed }: { closed: string | null }) {
  return (
    <section class="empty dashed">
      <span class="emblem">
        <Icon name="content" />
      </span>
      <h2>No content yet</h2>
      <p>
        {closed
          ? `What is uploaded on the leader appears here. ${closed}`
          : 'Drop files anywhere on this page, or click Upload: images, charts, or any other file.'}
      </p>
    </section>
  );
}
