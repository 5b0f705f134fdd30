import { useEffect, useState } from 'preact/hooks';

export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'bowline.theme';
const night = matchMedia('(prefers-color-scheme: dark)');

export function chosen(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

function apply(theme: Theme = chosen()) {
  const dark = theme === 'dark' || (theme === 'auto' && night.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
}

/** Puts the theme on, and goes along with the system's where that is wanted. */
export function follow() {
  apply();
  night.addEventListener('change', () => apply());
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, set] = useState(chosen());
  useEffect(() => {
    apply(theme);
    localStorage.setItem(KEY, theme);
  }, [theme]);
  return [theme, set];
}
