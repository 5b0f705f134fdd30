import { useState } from 'preact/hooks';
import type { ContentItem, Holding, HostRow } from '../../api';
import { useStore } from '../../store';
import { HoldingDialog } from './HoldingDialog';

const LEFT = 330;
const TOP = 108;
const CELL = 34;
const GAP = 6;
const LEAN = 130; // how far the last host's name leans out

type Asked = { item: ContentItem; host: HostRow } | null;

/** Bundles down, hosts across, one square each. The table view says the same in words. */
export function Matrix() {
  const { hosts, content, sync } = useStore();
  const [asked, ask] = useState<Asked>(null);
  const held = new Map(sync.map((row) => [`${row.digest} ${row.host}`, row]));
  const width = LEFT + hosts.length * (CELL + GAP) + LEAN;
  const height = TOP + content.length * (CELL + GAP) + 8;
  return (
    <div class="scroll matrix" tabIndex={0} role="group" aria-label="Bundles on hosts">
      <svg
        role="img"
        aria-label={`${content.length} bundles on ${hosts.length} hosts; the table view says the same in words`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {hosts.map((host, x) => (
          <text
            class="column"
            transform={`translate(${LEFT + x * (CELL + GAP) + CELL / 2 + 4} ${TOP - 10}) rotate(-38)`}
          >
            {short(host.name, 20)}
          </text>
        ))}
        {content.map((item, y) => (
          <g transform={`translate(0 ${TOP + y * (CELL + GAP)})`}>
            <text class="row" x="20" y={CELL / 2}>
              {item.revision > 1
                ? `${short(item.name, 32)} · r${item.revision}`
                : short(item.name, 38)}
            </text>
            {hosts.map((host, x) => (
              <Square
                at={LEFT + x * (CELL + GAP)}
                holding={held.get(`${item.digest} ${host.id}`)}
                open={() => ask({ item, host })}
              />
            ))}
          </g>
        ))}
      </svg>
      <Legend />
      {asked && <HoldingDialog {...asked} onClose={() => ask(null)} />}
    </div>
  );
}

const short = (text: string, most: number) =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** Colour and picture both tell the state: a tick, a level, a dash. */
function Square(props: { at: number; holding: Holding | undefined; open: () => void }) {
  const { at, holding, open } = props;
  const state = holding?.state ?? 'unknown';
  const level = state === 'syncing' ? (CELL * (holding?.percent ?? 0)) / 100 : 0;
  return (
    <g class={`square ${state}`} transform={`translate(${at} 0)`} onClick={open}>
      <rect width={CELL} height={CELL} rx="7" />
      {level > 0 && <rect class="level" y={CELL - level} width={CELL} height={level} rx="7" />}
      {state === 'synced' && <path d="M11 17.5 15.5 22 23.5 12.5" />}
      {state === 'not-synced' && <path d="M17 10v8M17 23h.01" />}
      {state === 'unknown' && <path d="M12 17h10" />}
      {state === 'syncing' && (
        <text x={CELL / 2} y={CELL / 2}>
          {holding?.percent}
        </text>
      )}
    </g>
  );
}

function Legend() {
  const entries = [
    ['synced', 'Synced'],
    ['syncing', 'Syncing, percent'],
    ['not-synced', 'Not Synced'],
    ['unknown', 'Not heard of yet'],
  ] as const;
  return (
    <ul class="legend">
      {entries.map(([state, text]) => (
        <li>
          <i class={`swatch ${state}`} /> {text}
        </li>
      ))}
      <li class="hint">Click a square for its reason, source and rate.</li>
    </ul>
  );
}
