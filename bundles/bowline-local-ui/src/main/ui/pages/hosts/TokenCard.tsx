import { useState } from 'preact/hooks';
import { clock } from '../../format';
import { refresh } from '../../live';
import { Button } from '../../parts/Button';
import { Copy } from '../../parts/Copy';
import { Chip } from '../../parts/Chip';
import { Icon } from '../../parts/Icon';
import { PlanConfirm } from '../../parts/PlanConfirm';
import { Qr } from '../../parts/Qr';
import { Ring } from '../../parts/Ring';
import { self, useNow, useStore } from '../../store';

const LIFE = 120; // seconds
const JOIN = 'bin/bowline link:join';

/** The token that is good now, with all that an operator needs to carry it over. */
export function TokenCard() {
  const { leader, session, tokenEnds } = useStore();
  useNow(500);
  const token = leader?.token;
  const left = (tokenEnds - performance.now()) / 1000;
  return (
    <section class="card token-card" aria-labelledby="token-title">
      <header>
        <div>
          <h2 id="token-title">Token</h2>
          <p class="hint">
            On the other host open <b>Linked Edge Hosts</b>, click{' '}
            <b>Link this device to another</b>, paste this and click <b>Confirm</b>.
          </p>
        </div>
        <StopLeading />
      </header>
      {session?.role === 'viewer' ? (
        <p class="hint">The token is a secret: only operators and admins see it.</p>
      ) : leader?.challenge ? (
        <p class="hint">No tokens are made until this host follows or takes over.</p>
      ) : !token || left <= 0 ? (
        <p class="loading" role="status">
          <Icon name="sync" spin /> The next token is being made …
        </p>
      ) : (
        <div class="token-body">
          <div class="token-main">
            <code class="token" tabIndex={0} aria-label="Token">
              {token.text}
            </code>
            <div class="token-line">
              <Copy text={token.text} kind="primary" />
              <Chip tone="calm" icon="key" text="works once" />
              <span class="hint">holds {token.addresses.join(', ')} and a one-time password</span>
            </div>
            <div class="command">
              <Icon name="terminal" />
              <code>{JOIN}</code>
              <span class="hint">or on its command line; it asks for the token</span>
              <Copy text={JOIN} />
            </div>
          </div>
          <div class="token-side">
            <Ring left={left} of={LIFE} />
            <p>
              expires <b>{clock(Date.parse(token.expiresAt))}</b>
              <small>then another one follows by itself</small>
            </p>
            <Qr text={token.text} label="The token as a QR code" />
          </div>
        </div>
      )}
    </section>
  );
}

function StopLeading() {
  const state = useStore();
  const [asked, ask] = useState(false);
  return (
    <>
      <Button
        kind="danger"
        reason={state.leader?.cannotStop}
        reasonAs="tip"
        onClick={() => ask(true)}
      >
        Stop token generation
      </Button>
      {asked && (
        <PlanConfirm
          title="Stop token generation?"
          method="DELETE"
          path="/leader"
          danger
          after={() => refresh(['leader', 'hosts', 'link'])}
          onClose={() => ask(false)}
        >
          <p>
            <strong>{self(state)?.name}</strong> stops being a leader, and the token shown now dies
            at once. Content and settings of this host stay.
          </p>
          <p class="hint">Afterwards it can be linked to another host as a follower.</p>
        </PlanConfirm>
      )}
    </>
  );
}
