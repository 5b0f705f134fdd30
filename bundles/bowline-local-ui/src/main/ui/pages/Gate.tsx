import type { ComponentChildren } from 'preact';
import { fingerprint } from '../format';
import { Logo } from '../parts/Icon';
import { useStore } from '../store';

/** The pages before sign-in: which host this is, with the key that proves it. */
export function Gate({ title, children }: { title: string; children: ComponentChildren }) {
  const { host } = useStore();
  return (
    <main class="gate">
      <div class="gate-brand">
        <Logo /> Bowline
      </div>
      <div class="gate-card">
        <h1>{title}</h1>
        {children}
      </div>
      {host && (
        <dl class="gate-host">
          <dt>Host</dt>
          <dd>{host.name}</dd>
          <dt>Key fingerprint</dt>
          <dd>
            <code>{fingerprint(host.id)}</code>
          </dd>
        </dl>
      )}
    </main>
  );
}
