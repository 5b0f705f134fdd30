import type {
  AsideRow,
  ContentItem,
  HostRow,
  Items,
  Leader,
  Link,
  Session,
  Setup,
  SyncRow,
} from './api';
import { get, onSignedOut, told, url, useCsrf } from './http';
import { read, write } from './store';

/** Subjects of the event stream; each carries the whole new value of one resource. */
type Subject = 'hosts' | 'leader' | 'link' | 'content' | 'sync';

const SUBJECTS: Subject[] = ['hosts', 'leader', 'link', 'content', 'sync'];
const ASIDE = 'aside'; // told by the stream alone, as its route is for admins
const SILENCE_MS = 40_000; // the agent pings every 15 s

/** How often the stream told of each. */
const events = { hosts: 0, leader: 0, link: 0, content: 0, sync: 0 };

let stream: EventSource | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
let watchdog: ReturnType<typeof setInterval> | undefined;
let patience = 1000;

/** Finds out where this browser stands with this host: first run, signed out, or in. */
export async function begin() {
  onSignedOut(() => void leave());
  try {
    const setup = await get<Setup>('/setup');
    write({ host: setup.host });
    if (setup.needed) return write({ phase: 'setup' });
  } catch (error) {
    const status = told(error)?.status ?? 0;
    if (status === 0 || status >= 500) {
      write({ phase: 'away' });
      retry = setTimeout(() => void begin(), 2000);
      return;
    }
  }
  await resume();
}

async function resume() {
  try {
    const session = await get<Session>('/session');
    enter(session);
  } catch {
    write({ phase: 'sign-in', session: null });
  }
}

export function enter(session: Session) {
  useCsrf(session.csrf);
  write({ session, phase: 'ready' });
  open();
}

export async function leave() {
  close();
  write({ phase: 'sign-in', session: null, loaded: false, connected: false });
}

/**
 * Reads again what an act has changed, without waiting for its event. An answer that an event has
 * overtaken is dropped: it may be older.
 */
export async function refresh(subjects: Subject[]) {
  const before = subjects.map((subject) => events[subject]);
  const values = await Promise.all(subjects.map((subject) => get(`/${subject}`)));
  subjects.forEach((subject, index) => {
    if (events[subject] === before[index]) take(subject, values[index]);
  });
}

function open() {
  close();
  stream = new EventSource(url('/events'));
  stream.onopen = () => {
    patience = 1000;
    write({ connected: true, lastHeard: Date.now() });
    void lookForUpdate();
    if (!read().loaded) void loadAll();
  };
  stream.onerror = () => {
    write({ connected: false });
    if (stream?.readyState === EventSource.CLOSED) again();
  };
  stream.addEventListener('snapshot', (event) => {
    const values = JSON.parse((event as MessageEvent<string>).data) as Record<Subject, unknown>;
    SUBJECTS.filter((subject) => values[subject]).forEach((s) => hear(s, values[s]));
    takeAside((values as Record<string, unknown>)[ASIDE]);
    heard();
  });
  SUBJECTS.forEach((subject) => {
    stream?.addEventListener(subject, (event) => {
      hear(subject, JSON.parse((event as MessageEvent<string>).data));
      heard();
    });
  });
  stream.addEventListener(ASIDE, (event) => {
    takeAside(JSON.parse((event as MessageEvent<string>).data));
    heard();
  });
  stream.addEventListener('ping', heard);
  watchdog = setInterval(checkSilence, 5000);
}

function close() {
  stream?.close();
  stream = null;
  clearTimeout(retry);
  clearInterval(watchdog);
}

function heard() {
  write({ connected: true, lastHeard: Date.now() });
}

/** A stream that the agent ended does not come back by itself. */
function again() {
  close();
  retry = setTimeout(async () => {
    patience = Math.min(patience * 2, 10_000);
    try {
      const session = await get<Session>('/session');
      enter(session);
      await loadAll();
    } catch (error) {
      if (told(error)?.status === 401) await leave();
      else again();
    }
  }, patience);
}

/** A host that lost its power closes no connection, so silence is asked about. */
async function checkSilence() {
  if (Date.now() - read().lastHeard < SILENCE_MS) return;
  write({ connected: false });
  again();
}

async function loadAll() {
  try {
    await refresh(SUBJECTS);
  } catch {
    // The stream's snapshot or its next start brings it.
  }
}

function hear(subject: Subject, value: unknown) {
  events[subject]++;
  take(subject, value);
}

function take(subject: Subject, value: unknown) {
  if (subject === 'leader') takeLeader(value as Leader);
  else if (subject === 'link') takeLink(value as Link);
  else if (subject === 'hosts') write({ hosts: (value as Items<HostRow>).items });
  else if (subject === 'content') write({ content: (value as Items<ContentItem>).items });
  else write({ sync: (value as Items<SyncRow>).items });
  const state = read();
  if (!state.loaded && state.leader && state.link && state.hosts.length) write({ loaded: true });
}

function takeLeader(leader: Leader) {
  const ends = leader.token ? performance.now() + leader.token.leftSeconds * 1000 : 0;
  write({ leader, tokenEnds: ends });
}

function takeAside(value: unknown) {
  if (value) write({ aside: (value as Items<AsideRow>).items });
}

function takeLink(link: Link) {
  const lost = link.leaderLostSeconds;
  write({ link, leaderLostAt: lost === null ? null : performance.now() - lost * 1000 });
}

/** The page names its script by hash: another name is another Local UI. */
async function lookForUpdate() {
  try {
    const page = await (await fetch('/', { cache: 'no-store' })).text();
    const newest = /assets\/app-[^"]+\.js/.exec(page)?.[0];
    const mine = document.querySelector('script[src]')?.getAttribute('src') ?? '';
    if (newest && !mine.endsWith(newest)) write({ updated: true });
  } catch {
    // The next connection looks again.
  }
}
