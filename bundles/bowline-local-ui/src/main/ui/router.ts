import { useEffect, useState } from 'preact/hooks';

const moved = new Set<() => void>();

export function go(path: string) {
  if (path !== location.pathname) history.pushState(null, '', path);
  moved.forEach((listener) => listener());
  window.scrollTo(0, 0);
}

export function usePath(): string {
  const [path, show] = useState(location.pathname);
  useEffect(() => {
    const listener = () => show(location.pathname);
    moved.add(listener);
    addEventListener('popstate', listener);
    return () => {
      moved.delete(listener);
      removeEventListener('popstate', listener);
    };
  }, []);
  return path;
}

/** Lets a plain click move inside the page; every other click does what links do. */
export function follow(event: MouseEvent, path: string) {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(path);
}
