import { useRef, useState } from 'preact/hooks';
import { Button } from './Button';

/** Copies a text, and says so for a moment. */
export function Copy({ text, kind = 'plain' }: { text: string; kind?: 'plain' | 'primary' }) {
  const [done, setDone] = useState<'' | 'done' | 'failed'>('');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const copy = async () => {
    clearTimeout(timer.current);
    setDone((await toClipboard(text)) ? 'done' : 'failed');
    timer.current = setTimeout(() => setDone(''), 2500);
  };
  return (
    <span class="copy">
      <Button icon={done === 'done' ? 'check' : 'copy'} kind={kind} onClick={copy}>
        Copy
      </Button>
      <span class="said" role="status">
        {done === 'done' && 'Copied'}
        {done === 'failed' && 'Select it and copy by hand'}
      </span>
    </span>
  );
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
