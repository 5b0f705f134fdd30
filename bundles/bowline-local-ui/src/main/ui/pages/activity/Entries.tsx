import { useState } from 'preact/hooks';
import type { AuditLine, LinkOperation, Outcome } from '../../api';
import { clock, sentence } from '../../format';
import { Chip, LinkStatusChip, type Tone } from '../../parts/Chip';
import { Disclose } from '../../parts/Disclose';
import { Icon, type IconName } from '../../parts/Icon';
import { Steps } from '../../parts/Steps';
import { actorName, nameOf, self, useStore } from '../../store';
import { titleOf } from './acts';
import { stepRows, timeOf } from '../hosts/PastLinks';

const LOOKS: Record<Outcome, [Tone, IconName, string]> = {
  done: ['good', 'check', 'Done'],
  refused: ['warn', 'warn', 'Refused'],
  failed: ['bad', 'cross', 'Failed'],
};

/** One line of a host's audit log. */
export function ActEntry({ line }: { line: AuditLine }) {
  const state = useStore();
  const [open, setOpen] = useState(false);
  const { act } = line;
  const [tone, icon, word] = LOOKS[act.outcome];
  const subject = state.hosts.find((host) => host.id === act.subject)?.name ?? act.subject;
  return (
    <li>
      <time>{clock(Date.parse(line.time))}</time>
      <span class={`mark ${tone}`}>
        <Icon name={icon} />
      </span>
      <div class="told">
        <p class="what">
          <strong>{titleOf(act.act)}</strong> <span>{act.detail}</span>
          {act.outcome !== 'done' && <Chip tone={tone} text={cause(word, act.cause)} />}
        </p>
        <p class="hint">
          by {actorName(state, act.actor.name)} ({act.actor.face}) on {nameOf(state, line.host)} ·{' '}
          <code>{act.act}</code>
        </p>
        {open && (
          <dl class="facts">
            <dt>Outcome</dt>
            <dd>{cause(word, act.cause)}</dd>
            <dt>Subject</dt>
            <dd>{subject || 'the host itself'}</dd>
            <dt>Line</dt>
            <dd>
              number {line.number} of {nameOf(state, line.host)}
            </dd>
            <dt>Hash</dt>
            <dd>
              <code>{line.hash}</code>
            </dd>
          </dl>
        )}
      </div>
      <Disclose
        open={open}
        onTurn={setOpen}
        label={`Details of line ${line.number} of ${nameOf(state, line.host)}`}
      >
        Details
      </Disclose>
    </li>
  );
}

const cause = (word: string, code: string) => (code ? `${word}: ${code}` : word);

/** A link that this host made or tried, with its steps. */
export function OperationEntry({ operation }: { operation: LinkOperation }) {
  const state = useStore();
  const [open, setOpen] = useState(false);
  return (
    <li class="operation">
      <time>{clock(Date.parse(timeOf(operation)))}</time>
      <span class={`mark ${operation.status === 'failed' ? 'bad' : 'busy'}`}>
        <Icon name="link" />
      </span>
      <div class="told">
        <p class="what">
          <strong>Link to {operation.leader}</strong> <LinkStatusChip status={operation.status} />
        </p>
        <p class="hint">operation of {self(state)?.name ?? 'this host'}</p>
        {operation.reason && (
          <p class="cell-why">
            {operation.reason.title}. {sentence(operation.reason.detail)}
            <span class="fix"> {operation.reason.fix}</span>
          </p>
        )}
        {open && <Steps label="Steps of the link" lined rows={stepRows(operation)} />}
      </div>
      <Disclose open={open} onTurn={setOpen} label={`Steps of the link to ${operation.leader}`}>
        Steps
      </Disclose>
    </li>
  );
}
