import type { LinkStatus } from '../../api';
import { Chip, type Tone } from '../../parts/Chip';
import type { IconName } from '../../parts/Icon';
import { WORDS } from '../../parts/Steps';
import { useStore } from '../../store';

const LOOKS: Record<LinkStatus, [Tone, IconName]> = {
  pending: ['calm', 'clock'],
  'in-progress': ['busy', 'sync'],
  completed: ['good', 'check'],
  failed: ['bad', 'cross'],
};

/** Hosts that are linking with this leader, and those that just did or failed to. */
export function JoiningNow() {
  const { leader } = useStore();
  if (!leader?.joining.length) return null;
  return (
    <section class="card joining" aria-labelledby="joining-title">
      <h2 id="joining-title">Joining now</h2>
      <ul>
        {leader.joining.map((host) => (
          <li>
            <strong>{host.name}</strong>
            <span class="hint">{host.address}</span>
            <Chip
              tone={LOOKS[host.status][0]}
              icon={LOOKS[host.status][1]}
              text={WORDS[host.status]}
            />
            {host.reason && (
              <span class="cell-why">
                {host.reason.title}. {host.reason.detail}
                <span class="fix"> {host.reason.fix}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
