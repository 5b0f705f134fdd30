import { useEffect, useState } from 'preact/hooks';
import type {
  AsideRow,
  ContentItem,
  HostName,
  HostRow,
  Leader,
  Link,
  Session,
  SyncRow,
} from './api';

export type Phase = 'loading' | 'away' | 'setup' | 'sign-in' | 'ready';

/** What the pages show. Written by `live.ts` and the sign-in pages alone. */
export interface State {
  phase: Phase;
  host: HostName | null;
  session: Session | null;
  hosts: HostRow[];
  leader: Leader | null;
  /** When that token dies, by the browser's monotonic clock. */
  tokenEnds: number;
  link: Link | null;
  /** When the leader fell silent, by the browser's monotonic clock; null while it answers. */
  leaderLostAt: number | null;
  content: ContentItem[];
  sync: SyncRow[];
  aside: AsideRow[];
  /** Whether everything above was read at least once. */
  loaded: boolean;
  connected: boolean;
  lastHeard: number;
  updated: boolean;
}

export const EMPTY: State = {
  phase: 'loading',
  host: null,
  session: null,
  hosts: [],
  leader: null,
  tokenEnds: 0,
  link: null,
  leaderLostAt: null,
  content: [],
  sync: [],
  aside: [],
  loaded: false,
  connected: false,
  lastHeard: 0,
  updated: false,
};

let state = EMPTY;
const listeners = new Set<() => void>();

export const read = () => state;

export function write(patch: Partial<State>) {
  state = { ...state, ...patch };
  listeners.forEach((listener) => listener());
}

/** Shows a component again whenever the state changes. */
export function useStore(): State {
  const [seen, show] = useState(state);
  useEffect(() => {
    const listener = () => show(read());
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return seen;
}

/** The time, again every so often. */
export function useNow(milliseconds = 1000): number {
  const [now, tick] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => tick(Date.now()), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
  return now;
}

export const self = (state: State) => state.hosts.find((host) => host.self) ?? null;
export const leaderOf = (state: State) => state.hosts.find((host) => host.leader) ?? null;

/** What people call the host of that id; the start of the id if this group does not know it. */
export const nameOf = (state: State, id: string) =>
  state.hosts.find((host) => host.id === id)?.name ?? `${id.slice(0, 10)} …`;

/** Hosts act on each other under their ids. */
export const actorName = (state: State, name: string) =>
  state.hosts.find((host) => host.id === name)?.name ?? name;

const UNREACHABLE = 5; // seconds without a word, as the agents count

/** For how many seconds the leader has not answered; 0 before that means anything. */
export function leaderLost(state: State): number {
  if (state.leaderLostAt === null) return 0;
  const lost = (performance.now() - state.leaderLostAt) / 1000;
  return lost < UNREACHABLE ? 0 : lost;
}

export type Standing = 'standalone' | 'leader' | 'follower';

export function standing(state: State): Standing {
  if (state.link?.follower) return 'follower';
  return state.leader?.leading ? 'leader' : 'standalone';
}
