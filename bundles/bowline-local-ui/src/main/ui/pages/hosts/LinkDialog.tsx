import { useEffect, useState } from 'preact/hooks';
import type { LinkOperation, LinkPreview, Problem } from '../../api';
import { post, problem } from '../../http';
import { refresh } from '../../live';
import { Button } from '../../parts/Button';
import { Dialog } from '../../parts/Dialog';
import { Icon } from '../../parts/Icon';
import { ProblemNotice } from '../../parts/Notice';
import { decode } from '../../token';
import { LinkProgress } from './LinkProgress';
import { Preview } from './Preview';

const TITLE = 'Link this device to another';
const PAUSE_MS = 250; // a paste is one event, typing is many

type Looked = { preview: LinkPreview; ends: number } | { failed: Problem } | 'looking' | null;

/** Paste, see what would happen, confirm, and watch it happen. */
export function LinkDialog({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState('');
  const [started, setStarted] = useState<LinkOperation | null>(null);
  const [failed, setFailed] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const looked = usePreview(token);
  if (started) return <LinkProgress title={TITLE} started={started} onClose={onClose} />;
  const confirm = async () => {
    setBusy(true);
    setFailed(null);
    try {
      const operation = await post<LinkOperation>('/link', { token: token.trim() });
      setToken('');
      setStarted(operation);
      void refresh(['link']).catch(() => {});
    } catch (error) {
      setFailed(problem(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={TITLE}
      onClose={onClose}
      wide
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            busy={busy}
            reason={whyNot(token, looked)}
            reasonAs="tip"
            onClick={confirm}
          >
            Confirm
          </Button>
        </>
      }
    >
      <TokenField token={token} onInput={setToken} />
      {looked === 'looking' && (
        <p class="loading" role="status">
          <Icon name="sync" spin /> Asking the leader …
        </p>
      )}
      {looked && looked !== 'looking' && 'preview' in looked && (
        <Preview preview={looked.preview} ends={looked.ends} />
      )}
      {looked && looked !== 'looking' && 'failed' in looked && (
        <ProblemNotice problem={looked.failed} />
      )}
      <ProblemNotice problem={failed} />
    </Dialog>
  );
}

function TokenField({ token, onInput }: { token: string; onInput: (token: string) => void }) {
  const decoded = token.trim() === '' ? null : decode(token);
  const wrong = typeof decoded === 'string';
  return (
    <div class="field">
      <label for="token-input">Token</label>
      <textarea
        id="token-input"
        rows={4}
        value={token}
        autofocus
        spellcheck={false}
        autocomplete="off"
        aria-invalid={wrong || undefined}
        aria-describedby="token-hint"
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <p id="token-hint" class={wrong ? 'hint bad' : 'hint'} role="status">
        {!decoded && 'Copy it from the leader’s Linked Edge Hosts page. It works once.'}
        {wrong && decoded}
        {decoded && !wrong && <>A token of the leader at {decoded.addresses.join(', ')}</>}
      </p>
    </div>
  );
}

/** Asks the leader as soon as the token can be read; nothing changes by looking. */
function usePreview(token: string): Looked {
  const [looked, setLooked] = useState<Looked>(null);
  useEffect(() => {
    setLooked(null);
    if (typeof decode(token) === 'string') return;
    let current = true;
    const timer = setTimeout(async () => {
      setLooked('looking');
      try {
        const preview = await post<LinkPreview>('/link/preview', { token: token.trim() });
        const ends = performance.now() + preview.leftSeconds * 1000;
        if (current) setLooked({ preview, ends });
      } catch (error) {
        if (current) setLooked({ failed: problem(error) });
      }
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [token]);
  return looked;
}

function whyNot(token: string, looked: Looked): string | null {
  if (token.trim() === '') return 'Paste a token first.';
  if (looked === null || looked === 'looking') return 'The token is being checked.';
  if ('failed' in looked) return `${looked.failed.title}.`;
  const missing = looked.preview.checks.find((check) => check.failed);
  return missing?.failed ? `${missing.failed.title}. ${missing.failed.fix}` : null;
}
