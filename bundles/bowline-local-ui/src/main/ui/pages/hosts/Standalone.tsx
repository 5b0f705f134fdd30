import { useState } from 'preact/hooks';
import type { Leader, Problem } from '../../api';
import { post, problem } from '../../http';
import { refresh } from '../../live';
import { Button } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import { ProblemNotice } from '../../parts/Notice';
import { useStore } from '../../store';

/** What a host that is not linked can become. */
export function Standalone({ onLink }: { onLink: () => void }) {
  return (
    <div class="pair">
      <LeadCard />
      <JoinCard onLink={onLink} />
    </div>
  );
}

function LeadCard() {
  const { leader } = useStore();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<Problem | null>(null);
  const lead = async () => {
    setBusy(true);
    setFailed(null);
    try {
      await post<Leader>('/leader');
      await refresh(['leader', 'hosts', 'link']);
    } catch (error) {
      setFailed(problem(error));
    }
    setBusy(false);
  };
  return (
    <section class="card choice">
      <span class="emblem">
        <Icon name="flag" />
      </span>
      <h2>Lead a group</h2>
      <p>
        Generate tokens here and paste them on the other hosts. Content uploaded and settings
        changed on this host then reach all of them.
      </p>
      <ProblemNotice problem={failed} />
      <Button kind="primary" busy={busy} reason={leader?.cannotStart} onClick={lead}>
        Generate token
      </Button>
    </section>
  );
}

function JoinCard({ onLink }: { onLink: () => void }) {
  const { link } = useStore();
  return (
    <section class="card choice">
      <span class="emblem">
        <Icon name="link" />
      </span>
      <h2>Join a group</h2>
      <p>
        Paste a token that a leader shows. You see what this host is about to join, and what it
        brings, before anything changes.
      </p>
      {link?.last?.status === 'failed' && <ProblemNotice problem={link.last.reason} />}
      <Button kind="primary" icon="link" reason={link?.cannotLink} onClick={onLink}>
        Link this device to another
      </Button>
    </section>
  );
}
