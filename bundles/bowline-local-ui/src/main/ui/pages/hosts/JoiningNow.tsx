import { useState } from 'preact/hooks';
import type { Check, Joining } from '../../api';
import { sentence } from '../../format';
import { LinkStatusChip } from '../../parts/Chip';
import { Disclose } from '../../parts/Disclose';
import { Steps, checkRows } from '../../parts/Steps';
import { useStore } from '../../store';

/** Hosts that are linking with this leader, and those that just did or failed to. */
export function JoiningNow() {
  const { leader } = useStore();
  if (!leader?.joining.length) return null;
  return (
    <section class="card joining" aria-labelledby="joining-title">
      <h2 id="joining-title">Joining now</h2>
      <ul>
        {leader.joining.map((host) => (
          <One key={host.host} host={host} />
        ))}
      </ul>
    </section>
  );
}

function One({ host }: { host: Joining }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <strong>{host.name}</strong>
      <span class="hint">{host.address}</span>
      <LinkStatusChip status={host.status} />
      {host.status === 'pending' && <span class="hint">only looked, not confirmed there yet</span>}
      {host.checks.length > 0 && <span class="hint">{tally(host.checks)}</span>}
      {host.checks.length > 0 && (
        <Disclose open={open} onTurn={setOpen} label={`Checks of ${host.name}`}>
          Checks
        </Disclose>
      )}
      {host.reason && (
        <span class="cell-why">
          {host.reason.title}. {sentence(host.reason.detail)}
          <span class="fix"> {host.reason.fix}</span>
        </span>
      )}
      {open && <Steps label={`Checks of ${host.name}`} lined rows={checkRows(host.checks)} />}
    </li>
  );
}

function tally(checks: Check[]): string {
  const failed = checks.filter((check) => check.failed).length;
  return failed > 0
    ? `${failed} of ${checks.length} checks failed`
    : `all ${checks.length} checks passed`;
}
