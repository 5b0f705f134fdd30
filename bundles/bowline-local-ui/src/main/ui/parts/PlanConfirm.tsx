import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Plan, Problem } from '../api';
import { call, problem } from '../http';
import { Confirm } from './Dialog';
import { Icon } from './Icon';
import { ProblemNotice } from './Notice';

interface Props {
  title: string;
  /** The call that does it; with `dryRun=true` it tells what it would do. */
  method: 'POST' | 'DELETE';
  path: string;
  /** What the act does to what, in full sentences. */
  children: ComponentChildren;
  danger?: boolean;
  /** Brings what the act has changed onto the page. */
  after: () => Promise<unknown>;
  onClose: () => void;
}

type Planned = Plan | { failed: Problem } | null;

/** Shows what an act will change on which host and what stays, asks once more, then acts. */
export function PlanConfirm({ title, method, path, children, danger, after, onClose }: Props) {
  const planned = usePlan(method, path);
  const act = async () => {
    await call(method, path);
    await after();
  };
  return (
    <Confirm
      title={title}
      danger={danger}
      act={act}
      reason={whyNot(planned)}
      onClose={onClose}
      wide
    >
      {children}
      {planned === null && (
        <p class="loading" role="status">
          <Icon name="sync" spin /> Looking at what would change …
        </p>
      )}
      {planned && 'failed' in planned && <ProblemNotice problem={planned.failed} />}
      {planned && 'changes' in planned && <PlanRows plan={planned} />}
    </Confirm>
  );
}

function usePlan(method: string, path: string): Planned {
  const [planned, setPlanned] = useState<Planned>(null);
  useEffect(() => {
    let current = true;
    const ask = async () => {
      const dry = `${path}${path.includes('?') ? '&' : '?'}dryRun=true`;
      try {
        const plan = await call<Plan>(method, dry);
        if (current) setPlanned(plan);
      } catch (error) {
        if (current) setPlanned({ failed: problem(error) });
      }
    };
    void ask();
    return () => {
      current = false;
    };
  }, [method, path]);
  return planned;
}

function whyNot(planned: Planned) {
  if (planned === null) return 'What would change is being looked at.';
  if ('failed' in planned) return `${planned.failed.title}.`;
  return planned.refused;
}

function PlanRows({ plan }: { plan: Plan }) {
  return (
    <div class="plan">
      <ProblemNotice problem={plan.refused} />
      {plan.changes.length > 0 && (
        <>
          <h3>What changes</h3>
          <dl class="facts">
            {plan.changes.map((change) => (
              <>
                <dt>{change.host}</dt>
                <dd>{change.what}</dd>
              </>
            ))}
          </dl>
        </>
      )}
      {plan.stays.length > 0 && (
        <>
          <h3>What stays</h3>
          <ul class="lines">
            {plan.stays.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
