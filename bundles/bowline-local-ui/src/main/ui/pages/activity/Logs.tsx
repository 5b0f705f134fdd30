import { useState } from 'preact/hooks';
import type { AuditVerdict, HostRow, Problem } from '../../api';
import { sentence } from '../../format';
import { get, problem } from '../../http';
import { Button } from '../../parts/Button';
import { Chip } from '../../parts/Chip';
import { useStore } from '../../store';

/** The log of each host, and whether it is whole. */
export function Logs({ missing }: { missing: Record<string, string> }) {
  const { hosts } = useStore();
  return (
    <section class="card logs" aria-labelledby="logs-title">
      <h2 id="logs-title">Audit logs</h2>
      <p class="hint">
        Every line names the hash of the one before, and the hosts tell each other their newest.
        Verify reads a host’s whole log and finds what was cut or rewritten.
      </p>
      <ul>
        {hosts.map((host) => (
          <One key={host.id} host={host} missing={missing[host.id]} />
        ))}
      </ul>
    </section>
  );
}

function One({ host, missing }: { host: HostRow; missing?: string }) {
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const [failed, setFailed] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    setFailed(null);
    setVerdict(null);
    try {
      const answer = await get<AuditVerdict>(`/audit/verify?host=${host.id}`);
      setVerdict(answer);
    } catch (error) {
      setFailed(problem(error));
    }
    setBusy(false);
  };
  return (
    <li>
      <div>
        <strong>{host.name}</strong> {host.self && <span class="tag">this host</span>}
      </div>
      <div class="verdict" aria-live="polite">
        {verdict && <Verdict verdict={verdict} />}
        {failed && (
          <span class="cell">
            <Chip tone="bad" icon="off" text="Not verified" />
            <span class="cell-why">
              {failed.title}. {sentence(failed.detail ?? '')} <span class="fix">{failed.fix}</span>
            </span>
          </span>
        )}
        {!verdict && !failed && missing && <span class="cell-why">{missing}</span>}
      </div>
      <Button icon="shield" busy={busy} label={`Verify the log of ${host.name}`} onClick={verify}>
        Verify
      </Button>
    </li>
  );
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const { first, last, head, faults } = verdict;
  if (faults.length > 0) {
    return (
      <span class="cell">
        <Chip
          tone="bad"
          icon="alert"
          text={faults.length === 1 ? '1 fault' : `${faults.length} faults`}
        />
        {faults.map((fault) => (
          <span class="cell-why">{fault}</span>
        ))}
      </span>
    );
  }
  return (
    <span class="cell">
      <Chip tone="good" icon="check" text="Whole" />
      <span class="cell-why">
        {last === 0 ? (
          'It has no lines yet.'
        ) : (
          <>
            Lines {first} to {last}, head <code title={head}>{head.slice(0, 12)}</code>
          </>
        )}
      </span>
    </span>
  );
}
