import { bytes, many, seconds } from '../../format';
import { Bar, Chip } from '../../parts/Chip';
import { Icon, type IconName } from '../../parts/Icon';
import { ProblemNotice } from '../../parts/Notice';
import { useStore, type State } from '../../store';
import { drop, pause, resume, useUploads, type Upload } from '../../uploads';

/** The files that this browser is sending: received, verified, replicated n of m. */
export function UploadList() {
  const uploads = useUploads();
  const state = useStore();
  if (uploads.length === 0) return null;
  return (
    <section class="card uploads" aria-labelledby="uploads-title">
      <h2 id="uploads-title">Uploads</h2>
      <ul>
        {uploads.map((upload) => (
          <Row key={upload.key} upload={upload} state={state} />
        ))}
      </ul>
    </section>
  );
}

function Row({ upload, state }: { upload: Upload; state: State }) {
  const { file, offset, key } = upload;
  const percent = file.size ? Math.floor((100 * offset) / file.size) : 100;
  return (
    <li>
      <div class="upload-line">
        <strong>{file.name}</strong>
        <span class="hint number">
          {upload.state === 'done' ? bytes(file.size) : `${bytes(offset)} of ${bytes(file.size)}`}
          {upload.state === 'sending' && upload.bytesPerSecond > 0 && (
            <>
              {' '}
              · {bytes(upload.bytesPerSecond)}/s · about{' '}
              {seconds((file.size - offset) / upload.bytesPerSecond)}
            </>
          )}
          {upload.resumed && upload.state !== 'done' && ' · went on where it stopped'}
        </span>
        <Stage upload={upload} state={state} percent={percent} />
        {upload.state === 'sending' && (
          <Act icon="pause" label={`Pause ${file.name}`} act={() => pause(key)} />
        )}
        {(upload.state === 'paused' || upload.state === 'failed') && (
          <Act icon="play" label={`Resume ${file.name}`} act={() => resume(key)} />
        )}
        <Act
          icon="cross"
          label={upload.state === 'done' ? `Clear ${file.name}` : `Cancel ${file.name}`}
          act={() => void drop(key)}
        />
      </div>
      {upload.state !== 'done' && <Bar percent={percent} label={`${file.name} received`} />}
      <ProblemNotice problem={upload.problem} />
    </li>
  );
}

function Stage({ upload, state, percent }: { upload: Upload; state: State; percent: number }) {
  switch (upload.state) {
    case 'waiting':
      return <Chip tone="calm" icon="clock" text="waiting" />;
    case 'sending':
      return <Chip tone="busy" icon="upload" text={`received ${percent} %`} />;
    case 'verifying':
      return <Chip tone="busy" icon="sync" text="received, verifying" />;
    case 'paused':
      return <Chip tone="calm" icon="pause" text={`paused at ${percent} %`} />;
    case 'failed':
      return <Chip tone="bad" icon="cross" text="stopped" />;
    default:
      return <Replicated upload={upload} state={state} />;
  }
}

function Replicated({ upload, state }: { upload: Upload; state: State }) {
  const item = state.content
    .filter((one) => one.name === upload.file.name && one.size === upload.file.size)
    .at(-1);
  const held = state.sync.filter((row) => row.digest === item?.digest && row.state === 'synced');
  const all = item && held.length >= state.hosts.length;
  return (
    <Chip
      tone={all ? 'good' : 'busy'}
      icon={all ? 'check' : 'sync'}
      text={item ? `verified, replicated ${held.length} of ${many(state.hosts.length, 'host')}` : 'verified'}
    />
  );
}

function Act({ icon, label, act }: { icon: IconName; label: string; act: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={act}>
      <Icon name={icon} />
    </button>
  );
}
