import type { LinkPreview } from '../../api';
import { fingerprint, many, seconds } from '../../format';
import { Steps, checkRows } from '../../parts/Steps';
import { useNow } from '../../store';

/** What Confirm would do: the guard against a foreign token. */
export function Preview({ preview, ends }: { preview: LinkPreview; ends: number }) {
  useNow();
  const left = (ends - performance.now()) / 1000;
  return (
    <div class="preview">
      <dl class="facts">
        <dt>Leader</dt>
        <dd>
          <strong>{preview.leaderName}</strong> at {preview.leaderAddress}
        </dd>
        <dt>Its key</dt>
        <dd>
          <code>{fingerprint(preview.leader)}</code>
        </dd>
        <dt>Group</dt>
        <dd>{many(preview.members, 'host')} now</dd>
        <dt>Token</dt>
        <dd>
          <span role="timer">
            {left > 0
              ? `${seconds(left)} left`
              : `expired ${seconds(-left)} ago. Use the token that the leader shows now.`}
          </span>
        </dd>
      </dl>
      <h3>Checks</h3>
      <Steps label="Checks" lined rows={checkRows(preview.checks)} />
      <Lines title="This host brings into the group" lines={preview.brings} />
      <Lines title="Gives way to the group’s" lines={preview.givesWay} />
    </div>
  );
}

function Lines({ title, lines }: { title: string; lines: string[] }) {
  return (
    <>
      <h3>{title}</h3>
      {lines.length === 0 ? (
        <p class="hint">Nothing.</p>
      ) : (
        <ul class="lines">
          {lines.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
    </>
  );
}
