import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../../parts/Icon';
import { add } from '../../uploads';

/** Takes files that are dropped anywhere in the window. */
export function DropZone({ closed, children }: { closed: string | null; children: ComponentChildren }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files');
    const drag = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (!closed) add(Array.from(event.dataTransfer?.files ?? []));
    };
    addEventListener('dragover', drag);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, [closed]);
  return (
    <>
      {children}
      {over && (
        <div class={closed ? 'drop closed' : 'drop'}>
          <Icon name={closed ? 'alert' : 'upload'} />
          {closed ? `This host takes no uploads. ${closed}` : 'Drop the files to upload them'}
        </div>
      )}
    </>
  );
}
