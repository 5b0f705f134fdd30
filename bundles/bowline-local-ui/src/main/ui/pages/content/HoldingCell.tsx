import type { Holding } from '../../api';
import { bytes, seconds } from '../../format';
import { Bar, Chip } from '../../parts/Chip';

/** How one host stands with one bundle: state, bytes left, source, reason, what to do. */
export function HoldingCell({ holding }: { holding: Holding | undefined }) {
  if (!holding) {
    return (
      <span class="cell">
        <Chip tone="warn" icon="warn" text="Not Synced" />
        <span class="cell-why">
          Nothing was heard of this host yet. <span class="fix">Check that it runs.</span>
        </span>
      </span>
    );
  }
  if (holding.state === 'synced') return <Chip tone="good" icon="check" text="Synced" />;
  const busy = holding.state === 'syncing';
  return (
    <span class="cell">
      {busy ? (
        <Chip tone="busy" icon="sync" text={`Syncing ${holding.percent} %`} />
      ) : (
        <Chip tone="warn" icon="warn" text="Not Synced" />
      )}
      {busy && <Bar percent={holding.percent} label="Syncing" />}
      <span class="cell-why">
        {holding.reason} {holding.fix && <span class="fix">{holding.fix} </span>}
        {progress(holding)}
      </span>
    </span>
  );
}

function progress(holding: Holding): string {
  const parts = [];
  if (holding.bytesLeft > 0) parts.push(`${bytes(holding.bytesLeft)} left`);
  if (holding.source) parts.push(`from ${holding.source}`);
  if (holding.bytesPerSecond > 0) {
    parts.push(`${bytes(holding.bytesPerSecond)}/s`);
    parts.push(`about ${seconds(holding.bytesLeft / holding.bytesPerSecond)}`);
  }
  return parts.join(' · ');
}
