import { useId, useRef } from 'preact/hooks';
import type { AuditLine } from '../../api';
import { Button } from '../../parts/Button';
import { actorName, useStore } from '../../store';
import { ALL, type Filter } from './audit';

interface Props {
  filter: Filter;
  onFilter: (filter: Filter) => void;
  lines: AuditLine[];
}

type Option = [value: string, text: string];

const OUTCOMES: Option[] = [
  ['done', 'Done'],
  ['refused', 'Refused'],
  ['failed', 'Failed'],
];

/** Offers what was seen so far, so that nothing has to be known by heart. */
export function Filters({ filter, onFilter, lines }: Props) {
  const state = useStore();
  // The word before the dot stands for every act of that room.
  const acts = useSeen(lines.flatMap(({ act }) => [act.act.split('.')[0], act.act])).map(
    ([act]): Option => [act, act.includes('.') ? act : `all of ${act}`],
  );
  const actors = useSeen(lines.map((line) => line.act.actor.name)).map(([actor]): Option => [
    actor,
    actorName(state, actor),
  ]);
  const pick = (key: keyof Filter) => (value: string) => onFilter({ ...filter, [key]: value });
  const names = state.hosts.map((host): Option => [host.id, host.name]);
  const narrowed = Object.values(filter).some((value) => value !== '');
  return (
    <div class="filters" role="group" aria-label="Filters">
      <Select
        label="Host"
        all="All hosts"
        value={filter.host}
        options={names}
        onPick={pick('host')}
      />
      <Select label="Act" all="All acts" value={filter.act} options={acts} onPick={pick('act')} />
      <Select
        label="Actor"
        all="Everyone"
        value={filter.actor}
        options={actors}
        onPick={pick('actor')}
      />
      <Select
        label="Outcome"
        all="All outcomes"
        value={filter.outcome}
        options={OUTCOMES}
        onPick={pick('outcome')}
      />
      {narrowed && (
        <Button kind="quiet" onClick={() => onFilter(ALL)}>
          Show all
        </Button>
      )}
    </div>
  );
}

/** Grows only: a filter hides lines, but not the ways back. */
function useSeen(values: string[]): Option[] {
  const seen = useRef(new Set<string>());
  values.forEach((value) => seen.current.add(value));
  return Array.from(seen.current)
    .sort()
    .map((value) => [value, value]);
}

interface SelectProps {
  label: string;
  all: string;
  value: string;
  options: Option[];
  onPick: (value: string) => void;
}

function Select({ label, all, value, options, onPick }: SelectProps) {
  const id = useId();
  return (
    <span class="select">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">{all}</option>
        {options.map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    </span>
  );
}
