import { useState } from 'preact/hooks';
import { Button } from '../../parts/Button';
import { Icon } from '../../parts/Icon';
import { Notice, ProblemNotice } from '../../parts/Notice';
import { nameOf, useStore } from '../../store';
import { ALL, exported, useLog } from './audit';
import { Filters } from './Filters';
import { Logs } from './Logs';
import { Timeline } from './Timeline';

/** Operations and audit on one time line. */
export function Activity() {
  const state = useStore();
  const [filter, setFilter] = useState(ALL);
  const [log, newest, older] = useLog(filter);
  const forbidden = log.failed?.status === 403;
  const missing = Object.keys(log.missing).filter((id) => !filter.host || filter.host === id);
  return (
    <>
      <div class="page-head">
        <div>
          <h1>Activity</h1>
          <p class="lead">
            What was done, and what was refused, on every host of the group. Times are those of each
            host’s own clock.
          </p>
        </div>
        <div class="head-actions">
          <Button icon="sync" busy={log.busy} onClick={newest}>
            Refresh
          </Button>
          {!forbidden && (
            <a class="button" href={exported(filter)} download="audit.jsonl">
              <Icon name="download" />
              Export
            </a>
          )}
        </div>
      </div>
      {forbidden && (
        <Notice kind="info">
          <strong>The audit log is not shown to your role</strong>
          <p>{log.failed?.detail || 'Only the operations of this host are listed.'}</p>
          <p class="fix">{log.failed?.fix}</p>
        </Notice>
      )}
      {!forbidden && <ProblemNotice problem={log.failed} />}
      {missing.length > 0 && (
        <Notice kind="warn">
          <strong>Not all hosts are in this list</strong>
          {missing.map((id) => (
            <p>
              Lines of <b>{nameOf(state, id)}</b> are missing: {log.missing[id]}
            </p>
          ))}
        </Notice>
      )}
      <section class="card flush" aria-label="Time line">
        {!forbidden && <Filters filter={filter} onFilter={setFilter} lines={log.lines} />}
        <Timeline filter={filter} lines={log.lines} operations={log.operations} more={log.before} />
        {log.before && (
          <div class="more">
            <Button busy={log.busy} onClick={older}>
              Show older
            </Button>
          </div>
        )}
      </section>
      {!forbidden && <Logs missing={log.missing} />}
    </>
  );
}
