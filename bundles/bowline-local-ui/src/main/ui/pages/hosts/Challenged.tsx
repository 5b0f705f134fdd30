import { useState } from 'preact/hooks';
import { refresh } from '../../live';
import { Button } from '../../parts/Button';
import { Notice } from '../../parts/Notice';
import { PlanConfirm } from '../../parts/PlanConfirm';
import { self, useStore } from '../../store';

const after = () => refresh(['leader', 'link', 'hosts', 'content', 'sync']);

/** On a leader whose group another host has taken over: follow it, or take over again. */
export function Challenged() {
  const state = useStore();
  const [asked, ask] = useState<'yield' | 'takeover' | null>(null);
  const challenge = state.leader?.challenge;
  if (!challenge) return null;
  const { name, address, generation, following, members } = challenge;
  const me = self(state)?.name ?? 'This host';
  return (
    <>
      <Notice kind="warn">
        <strong>
          {name} has taken over this group (generation {generation}): {following} of {members}{' '}
          {members === 1 ? 'host follows' : 'hosts follow'} it.
        </strong>
        <p>This host accepts no changes until it follows or takes over.</p>
        <div class="notice-actions">
          <Button
            kind="primary"
            icon="link"
            onClick={() => ask('yield')}
          >{`Follow ${name}`}</Button>
          <Button icon="flag" reason={state.leader?.cannotTakeOver} onClick={() => ask('takeover')}>
            Take over
          </Button>
        </div>
      </Notice>
      {asked === 'yield' && (
        <PlanConfirm
          title={`Follow ${name}?`}
          method="POST"
          path="/leader/yield"
          after={after}
          onClose={() => ask(null)}
        >
          <p>
            <strong>{me}</strong> stops leading and follows <strong>{name}</strong> ({address}).
            What this host alone accepted is set aside and listed here.
          </p>
        </PlanConfirm>
      )}
      {asked === 'takeover' && (
        <PlanConfirm
          title="Take over this group?"
          method="POST"
          path="/leader/takeover"
          danger
          after={after}
          onClose={() => ask(null)}
        >
          <p>
            <strong>{me}</strong> leads on in a generation above {generation}. The hosts that follow{' '}
            <strong>{name}</strong> are asked to follow {me} again.
          </p>
        </PlanConfirm>
      )}
    </>
  );
}
