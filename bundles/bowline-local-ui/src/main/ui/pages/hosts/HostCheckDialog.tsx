import { useEffect, useState } from 'preact/hooks';
import type { HostCheck, HostRow, Problem } from '../../api';
import { sentence } from '../../format';
import { post, problem } from '../../http';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { ProblemNotice } from '../../parts/Notice';
import { Steps } from '../../parts/Steps';
import { self, useStore } from '../../store';

/** Whether a host can be reached from this one now, address by address. */
export function HostCheckDialog({ host, onClose }: { host: HostRow; onClose: () => void }) {
  const [found, setFound] = useState<HostCheck | null>(null);
  const [failed, setFailed] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(true);
  const here = self(useStore())?.name ?? 'this host';
  const check = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const answer = await post<HostCheck>(`/hosts/${host.id}/check`);
      setFound(answer);
    } catch (error) {
      setFound(null);
      setFailed(problem(error));
    }
    setBusy(false);
  };
  useEffect(() => void check(), []);
  return (
    <Dialog
      title={`Check of ${host.name}`}
      onClose={onClose}
      wide
      actions={
        <>
          <Button icon="sync" busy={busy} onClick={check}>
            Check again
          </Button>
          <Button kind="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div class="progress" aria-live="polite">
        {busy && (
          <p class="loading">
            <Icon name="sync" spin /> {here} is dialling {host.name} …
          </p>
        )}
        <ProblemNotice problem={failed} />
        {!busy && found && <Found check={found} host={host} here={here} />}
      </div>
    </Dialog>
  );
}

function Found({ check, host, here }: { check: HostCheck; host: HostRow; here: string }) {
  const answered = check.tries.some((one) => !one.failed);
  return (
    <>
      <p class="hint">
        Dialled from {here}, address by address. {answered || `${host.name} did not answer.`}
      </p>
      <Steps
        label="Addresses"
        lined
        rows={check.tries.map((one) => ({
          title: one.endpoint,
          status: one.failed ? 'failed' : 'completed',
          detail: one.failed
            ? `${one.failed.title}. ${sentence(one.failed.detail)} (After ${one.millis} ms.)`
            : `answered in ${one.millis} ms`,
          fix: one.failed?.fix,
        }))}
      />
      {check.standing && (
        <dl class="facts">
          <dt>Where it stands</dt>
          <dd>{check.standing}</dd>
        </dl>
      )}
    </>
  );
}
