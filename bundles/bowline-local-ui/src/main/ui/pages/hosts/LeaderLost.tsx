import { useEffect, useState } from 'preact/hooks';
import { seconds } from '../../format';
import { refresh } from '../../live';
import { Button } from '../../parts/Button';
import { Notice } from '../../parts/Notice';
import { PlanConfirm } from '../../parts/PlanConfirm';
import { leaderLost, leaderOf, self, useNow, useStore } from '../../store';

const PATIENCE = 30; // seconds until a host may take over

/** On a follower whose leader does not answer: for how long, and what can be done about it. */
export function LeaderLost() {
  const state = useStore();
  const now = useNow();
  const [asked, ask] = useState(false);
  const lost = leaderLost(state);
  const closed = state.leader?.cannotTakeOver ?? null;
  useEffect(() => {
    // When Take over opens is a matter of time alone, so it may come without news.
    if (closed && lost >= PATIENCE && Math.floor(lost) % 5 === 0) {
      void refresh(['leader', 'link']).catch(() => {});
    }
  }, [now]);
  if (lost === 0) return null;
  const leader = leaderOf(state);
  const me = self(state)?.name ?? 'This host';
  return (
    <>
      <Notice kind="warn">
        <strong>
          {leader?.name ?? 'The leader'} has not answered for{' '}
          <span role="timer">{seconds(lost)}</span>
        </strong>
        <p>
          The group keeps its content and its table, and accepts no changes until a leader answers.
          If {leader?.name ?? 'the leader'} will not return soon, take over here.
        </p>
        <div class="notice-actions">
          <Button kind="primary" icon="flag" reason={closed} onClick={() => ask(true)}>
            Take over
          </Button>
        </div>
      </Notice>
      {asked && (
        <PlanConfirm
          title="Take over this group?"
          method="POST"
          path="/leader/takeover"
          danger
          after={() => refresh(['leader', 'link', 'hosts', 'content', 'sync'])}
          onClose={() => ask(false)}
        >
          <p>
            <strong>{me}</strong> becomes the leader of the same group, in its next generation. The
            other hosts follow it as soon as they have lost{' '}
            <strong>{leader?.name ?? 'the old leader'}</strong> too.
          </p>
          <p class="hint">
            When {leader?.name ?? 'the old leader'} returns it becomes a follower; what it alone
            accepted is set aside and listed.
          </p>
        </PlanConfirm>
      )}
    </>
  );
}
