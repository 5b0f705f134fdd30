import { countdown } from '../format';

const AROUND = 2 * Math.PI * 26;

/** What is left of a time, as a ring that empties. */
export function Ring({ left, of }: { left: number; of: number }) {
  const share = Math.max(0, Math.min(1, left / of));
  return (
    <svg class={left <= 20 ? 'ring late' : 'ring'} viewBox="0 0 60 60" role="img" aria-label="Time left">
      <circle class="groove" cx="30" cy="30" r="26" />
      <circle
        class="rest"
        cx="30"
        cy="30"
        r="26"
        stroke-dasharray={`${AROUND}`}
        stroke-dashoffset={`${AROUND * (1 - share)}`}
      />
      <text x="30" y="30">
        {countdown(left)}
      </text>
    </svg>
  );
}
