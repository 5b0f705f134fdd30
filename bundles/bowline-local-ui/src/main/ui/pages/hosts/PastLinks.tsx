import { useState } from 'preact/hooks';
import type { LinkOperation } from '../../api';
import { clock, dateTime, sentence } from '../../format';
import { LinkStatusChip } from '../../parts/Chip';
import { Disclose } from '../../parts/Disclose';
import { Steps, type StepRow } from '../../parts/Steps';
import { useStore } from '../../store';

/** The links that this host made or tried since its start. */
export function PastLinks() {
  const { link } = useStore();
  if (!link?.operations.length) return null;
  return (
    <section class="card joining" aria-labelledby="links-title">
      <h2 id="links-title">Links of this host</h2>
      <ul>
        {link.operations.map((operation) => (
          <One key={operation.id} operation={operation} />
        ))}
      </ul>
    </section>
  );
}

function One({ operation }: { operation: LinkOperation }) {
  const [open, setOpen] = useState(false);
  const at = timeOf(operation);
  return (
    <li>
      <strong>Link to {operation.leader}</strong>
      <span class="hint">{at && dateTime(at)}</span>
      <LinkStatusChip status={operation.status} />
      <Disclose open={open} onTurn={setOpen} label={`Steps of the link to ${operation.leader}`}>
        Steps
      </Disclose>
      {operation.reason && (
        <span class="cell-why">
          {operation.reason.title}. {sentence(operation.reason.detail)}
          <span class="fix"> {operation.reason.fix}</span>
        </span>
      )}
      {open && <Steps label="Steps of the link" lined rows={stepRows(operation)} />}
    </li>
  );
}

/** When it came as far as it is; empty before its first step. */
export function timeOf(operation: LinkOperation): string {
  const taken = operation.steps.filter((step) => step.status !== 'pending');
  return taken[taken.length - 1]?.at ?? operation.steps[0]?.at ?? '';
}

export const stepRows = (operation: LinkOperation): StepRow[] =>
  operation.steps.map((step) => ({
    title: step.title,
    status: step.status,
    detail: step.status === 'pending' ? undefined : clock(Date.parse(step.at)),
  }));
