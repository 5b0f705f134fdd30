import { useMemo } from 'preact/hooks';
import { qr } from '../qr';

const QUIET = 4; // squares of light around it, as the standard wants

/** A text as a QR code, drawn here: what is in it goes nowhere else. */
export function Qr({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => qr(text), [text]);
  const path = useMemo(() => outline(rows ?? []), [rows]);
  if (!rows) return null;
  const size = rows.length + 2 * QUIET;
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

const outline = (rows: boolean[][]) =>
  rows
    .map((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')).join(''))
    .join('');
