import type { AuditLine, LinkOperation } from '../../api';
import { day } from '../../format';
import { Icon } from '../../parts/Icon';
import { self, useStore, type State } from '../../store';
import { timeOf } from '../hosts/PastLinks';
import { idOf, type Filter } from './audit';
import { ActEntry, OperationEntry } from './Entries';

interface Props {
  filter: Filter;
  lines: AuditLine[];
  operations: LinkOperation[];
  /** Whether there are older lines that were not read. */
  more: string | null;
}

interface Moment {
  key: string;
  time: string;
  line?: AuditLine;
  operation?: LinkOperation;
}

/** Everything in the order of its time, day by day, the newest first. */
export function Timeline(props: Props) {
  const state = useStore();
  const moments = ordered(props, state);
  if (moments.length === 0) {
    return (
      <div class="empty small">
        <Icon name="activity" />
        <p>
          {props.more ? 'Nothing that fits is among the newest lines.' : 'Nothing is listed here.'}
        </p>
      </div>
    );
  }
  return (
    <>
      {days(moments).map(([title, entries]) => (
        <div class="day" key={title}>
          <h2>{title}</h2>
          <ol class="entries timeline">
            {entries.map((moment) =>
              moment.line ? (
                <ActEntry key={moment.key} line={moment.line} />
              ) : (
                <OperationEntry key={moment.key} operation={moment.operation!} />
              ),
            )}
          </ol>
        </div>
      ))}
    </>
  );
}

function ordered({ filter, lines, operations, more }: Props, state: State): Moment[] {
  const acts = lines
    .filter((line) => !filter.host || line.host === filter.host)
    .map((line): Moment => ({ key: idOf(line), time: line.time, line }));
  const oldest = more && lines.length > 0 ? lines[lines.length - 1].time : '';
  const links = operations
    .map((operation): Moment => ({ key: operation.id, time: timeOf(operation), operation }))
    .filter((moment) => fits(moment, filter, state))
    .filter((moment) => Date.parse(moment.time) >= (oldest ? Date.parse(oldest) : 0));
  return acts.concat(links).sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
}

/** Operations are this host's; who asked for them stands in the lines. */
function fits({ operation }: Moment, filter: Filter, state: State): boolean {
  if (filter.act || filter.actor) return false;
  if (filter.host && filter.host !== self(state)?.id) return false;
  if (filter.outcome === '') return true;
  return operation?.status === (filter.outcome === 'done' ? 'completed' : 'failed');
}

function days(moments: Moment[]): [string, Moment[]][] {
  const found: [string, Moment[]][] = [];
  moments.forEach((moment) => {
    const title = day(moment.time);
    const last = found[found.length - 1];
    if (last && last[0] === title) last[1].push(moment);
    else found.push([title, [moment]]);
  });
  return found;
}
