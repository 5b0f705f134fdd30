import { useState } from 'preact/hooks';
import { remove } from '../../http';
import { refresh } from '../../live';
import { Button } from '../../parts/Button';
import { Confirm } from '../../parts/Dialog';
import { leaderOf, self, standing, useStore } from '../../store';
import { HostTable } from './HostTable';
import { JoiningNow } from './JoiningNow';
import { LinkDialog } from './LinkDialog';
import { Standalone } from './Standalone';
import { TokenCard } from './TokenCard';

const INTRO = {
  standalone: 'This host knows no other host yet. Lead a group, or join one.',
  leader: 'This host leads: it makes the tokens, and what is uploaded here reaches every host.',
  follower: 'The table is the same on every host of the group.',
};

export function Hosts() {
  const state = useStore();
  const where = standing(state);
  const leader = leaderOf(state);
  const [linking, setLinking] = useState(false);
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Linked Edge Hosts</h1>
          <p class="lead">
            {where === 'follower' && (
              <>
                Linked to <strong>{leader?.name ?? 'its leader'}</strong>
                {leader && <> ({leader.addresses[0]})</>}.{' '}
              </>
            )}
            {INTRO[where]}
          </p>
        </div>
        {where === 'follower' && <UnlinkThisHost />}
      </div>
      {where === 'standalone' && <Standalone onLink={() => setLinking(true)} />}
      {where === 'leader' && <TokenCard />}
      {where === 'leader' && <JoiningNow />}
      <HostTable title={where === 'standalone' ? 'This host' : 'Hosts'} />
      {/* Here, so that it lives on while the host becomes a follower. */}
      {linking && <LinkDialog onClose={() => setLinking(false)} />}
    </>
  );
}

function UnlinkThisHost() {
  const state = useStore();
  const [asked, ask] = useState(false);
  const me = self(state);
  const leader = leaderOf(state);
  return (
    <>
      <Button
        icon="unlink"
        reason={state.link?.cannotUnlink}
        reasonAs="tip"
        onClick={() => ask(true)}
      >
        Unlink
      </Button>
      {asked && (
        <Confirm
          title={`Unlink ${me?.name ?? 'this host'}?`}
          act={async () => {
            await remove('/link');
            await refresh(['link', 'hosts', 'leader']);
          }}
          onClose={() => ask(false)}
        >
          <p>
            This host leaves the group of <strong>{leader?.name ?? 'its leader'}</strong>. It keeps
            the content it holds, and can then be linked to another host or be used alone.
          </p>
          <p class="hint">The other hosts stay linked. To come back it needs a new token.</p>
        </Confirm>
      )}
    </>
  );
}
