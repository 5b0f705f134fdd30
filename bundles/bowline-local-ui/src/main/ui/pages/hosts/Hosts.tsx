import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { leaderOf, standing, useStore } from '../../store';
import { AsideCard } from './AsideCard';
import { Challenged } from './Challenged';
import { UnlinkThisHost } from './HostActs';
import { HostTable } from './HostTable';
import { JoiningNow } from './JoiningNow';
import { LeaderLost } from './LeaderLost';
import { LinkDialog } from './LinkDialog';
import { PastLinks } from './PastLinks';
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
        {where === 'follower' && <UnlinkButton />}
      </div>
      {where === 'standalone' && <Standalone onLink={() => setLinking(true)} />}
      {where === 'follower' && <LeaderLost />}
      {where === 'leader' && <Challenged />}
      {where === 'leader' && <TokenCard />}
      {where === 'leader' && <JoiningNow />}
      <HostTable title={where === 'standalone' ? 'This host' : 'Hosts'} />
      <AsideCard />
      <PastLinks />
      {/* Here, so that it lives on while the host becomes a follower. */}
      {linking && <LinkDialog onClose={() => setLinking(false)} />}
    </>
  );
}

function UnlinkButton() {
  const { link } = useStore();
  const [asked, ask] = useState(false);
  return (
    <>
      <Button icon="unlink" reason={link?.cannotUnlink} reasonAs="tip" onClick={() => ask(true)}>
        Unlink
      </Button>
      {asked && <UnlinkThisHost onClose={() => ask(false)} />}
    </>
  );
}
