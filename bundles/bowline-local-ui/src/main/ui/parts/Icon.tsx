const PATHS = {
  overview: 'M3 3h5v6H3zM10 3h5v3h-5zM10 8h5v7h-5zM3 11h5v4H3z',
  hosts: 'M3 3.5h12v4.5H3zM3 10h12v4.5H3zM5.5 5.75h.01M5.5 12.25h.01M9 5.75h3.5M9 12.25h3.5',
  activity: 'M3 4.5h.01M3 9h.01M3 13.5h.01M6.5 4.5H15M6.5 9H15M6.5 13.5H12',
  pulse: 'M2.5 9.5h3l2-5.5 3.5 10 2-4.5h2.5',
  chevron: 'M7 5l4 4-4 4',
  shield: 'M9 2.5 14.5 4.5v4c0 3.3-2.3 5.8-5.5 7-3.2-1.2-5.5-3.7-5.5-7v-4zM6.5 9l2 2 3.2-3.7',
  box: 'M3 6.5 4.5 3h9L15 6.5V15H3zM3 6.5h12M7 9.5h4',
  content: 'M9 2.5 15 5.5v7L9 15.5 3 12.5v-7zM3.2 5.6 9 8.5l5.8-2.9M9 8.5v7',
  check: 'M4 9.5 7.5 13 14 5.5',
  cross: 'M5 5l8 8M13 5l-8 8',
  warn: 'M9 3 16 15H2zM9 7.5v3.5M9 13h.01',
  alert: 'M9 2.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM9 5.8v3.7M9 12.2h.01',
  info: 'M9 2.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM9 8.5v3.7M9 5.8h.01',
  sync: 'M14.5 7A6 6 0 0 0 4 5.5L3 7M3 3.5V7h3.5M3.5 11A6 6 0 0 0 14 12.5l1-1.5M15 14.5V11h-3.5',
  clock: 'M9 2.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM9 5.5V9l2.5 1.5',
  off: 'M3 3l12 12M4.5 9a5 5 0 0 1 2-3.3M9 4.8A5.5 5.5 0 0 1 14 9M9 14h.01',
  dots: 'M9 4h.01M9 9h.01M9 14h.01',
  copy: 'M6.5 6.5H15V15H6.5zM4 11.5H3V3h8.5v1',
  upload: 'M9 12V3M5.5 6.5 9 3l3.5 3.5M3 12v3h12v-3',
  download: 'M9 3v9M5.5 8.5 9 12l3.5-3.5M3 13v2h12v-2',
  trash: 'M3 5h12M7 5V3h4v2M4.5 5l.7 10h7.6l.7-10M7.5 8v4.5M10.5 8v4.5',
  link: 'M7.5 10.5 10.5 7.5M8 5.5l1.6-1.6a3.2 3.2 0 0 1 4.5 4.5L12.5 10M10 12.5l-1.6 1.6a3.2 3.2 0 0 1-4.5-4.5L5.5 8',
  unlink: 'M8.5 5l1.1-1.1a3.2 3.2 0 0 1 4.5 4.5L13 9.5M9.5 13l-1.1 1.1a3.2 3.2 0 0 1-4.5-4.5L5 8.5M4.5 2.5v2M2.5 4.5h2M13.5 15.5v-2M15.5 13.5h-2',
  flag: 'M4 16V3M4 3.5h9.5l-2 3 2 3H4',
  external: 'M7 4H4v10h10v-3M10 3h5v5M15 3 8.5 9.5',
  sun: 'M9 6a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM9 2v1.2M9 14.8V16M2 9h1.2M14.8 9H16M4.1 4.1l.8.8M13.1 13.1l.8.8M4.1 13.9l.8-.8M13.1 4.9l.8-.8',
  moon: 'M14.5 10.8A6 6 0 0 1 7.2 3.5a6 6 0 1 0 7.3 7.3z',
  auto: 'M9 2.5a6.5 6.5 0 1 1 0 13zM9 2.5a6.5 6.5 0 0 0 0 13',
  user: 'M9 3a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 15.5c.6-2.8 3-4.3 6-4.3s5.4 1.5 6 4.3',
  out: 'M7 3H3.5v12H7M11 5.5 14.5 9 11 12.5M14.5 9H7',
  pause: 'M6.5 4v10M11.5 4v10',
  play: 'M5.5 3.5v11l9-5.5z',
  list: 'M3 5h12M3 9h12M3 13h12',
  grid: 'M3 3h5v5H3zM10 3h5v5h-5zM3 10h5v5H3zM10 10h5v5h-5z',
  table: 'M3 3.5h12v11H3zM3 7.5h12M7.5 7.5v7',
  key: 'M11.5 3a3.5 3.5 0 1 1-3.1 5.1L3 13.5V15h2.5v-1.8h1.8v-1.8l1.3-1.3',
  terminal: 'M2.5 3.5h13v11h-13zM5 7l2 2-2 2M9 11h3.5',
  arrow: 'M3.5 9h11M10.5 5l4 4-4 4',
};

export type IconName = keyof typeof PATHS;

/** A line icon; what it means always stands beside it or in its button's label. */
export function Icon({ name, spin }: { name: IconName; spin?: boolean }) {
  return (
    <svg class={spin ? 'icon spin' : 'icon'} viewBox="0 0 18 18" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** A bowline, as drawn in the books. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M16 4v9.5c0 3.8-6.5 3.3-6.5 7.7a6.5 6.5 0 0 0 13 0c0-5.7-9.5-4-9.5-8.7 0-4.2 6-4.2 6 0V16" />
    </svg>
  );
}
