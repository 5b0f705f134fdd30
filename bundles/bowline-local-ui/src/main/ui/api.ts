/** The words of the REST API (`/api/v1`), as its records say them. */

/** Why something cannot be done or did not work. */
export interface Reason {
  code: string;
  title: string;
  detail: string;
  fix: string;
}

/** RFC 9457, with what to do about it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  fix?: string;
}

export interface Items<T> {
  items: T[];
}

export interface HostName {
  id: string;
  name: string;
}

export interface Setup {
  needed: boolean;
  host: HostName;
}

export interface Session {
  user: string;
  role: string;
  csrf: string;
}

export interface Cell {
  state: string;
  percent: number;
  reason: string;
  fix: string;
}

export interface HostRow {
  id: string;
  name: string;
  addresses: string[];
  uiPort: number;
  leader: boolean;
  role: string | null;
  status: 'ready' | 'in-use';
  content: Cell;
  health: Cell;
  version: string;
  lastContact: string | null;
  self: boolean;
  moved: Moved | null;
  cannotUnlink: Reason | null;
  cannotForget: Reason | null;
}

/** That a host has other addresses than before, behind Bowline's back. */
export interface Moved {
  from: string[];
  to: string[];
  at: string;
}

export interface Token {
  text: string;
  addresses: string[];
  expiresAt: string;
  leftSeconds: number;
}

export type LinkStatus = 'pending' | 'in-progress' | 'completed' | 'failed';

/** One pre-flight row. */
export interface Check {
  title: string;
  detail: string;
  failed: Reason | null;
}

export interface Joining {
  host: string;
  name: string;
  address: string;
  status: LinkStatus;
  checks: Check[];
  reason: Reason | null;
}

/** Another host that has taken over the group that this one leads. */
export interface Challenge {
  by: string;
  name: string;
  address: string;
  generation: number;
  following: number;
  members: number;
}

export interface Leader {
  leading: boolean;
  token: Token | null;
  cannotStart: Reason | null;
  cannotStop: Reason | null;
  cannotTakeOver: Reason | null;
  challenge: Challenge | null;
  joining: Joining[];
}

export interface Step {
  title: string;
  status: LinkStatus;
  at: string;
}

export interface LinkOperation {
  id: string;
  /** Its name; its address until that is known. */
  leader: string;
  status: LinkStatus;
  steps: Step[];
  reason: Reason | null;
}

export interface Link {
  follower: boolean;
  leader: string | null;
  cannotLink: Reason | null;
  cannotUnlink: Reason | null;
  leaderLostSeconds: number | null;
  last: LinkOperation | null;
  /** The newest first. */
  operations: LinkOperation[];
}

/** What an act would do, before Confirm. */
export interface Plan {
  act: string;
  changes: { host: string; what: string }[];
  stays: string[];
  refused: Reason | null;
}

/** Whether a host could be reached from this one a moment ago. */
export interface HostCheck {
  host: string;
  tries: { endpoint: string; millis: number; failed: Reason | null }[];
  standing: string;
}

export interface LinkPreview {
  leader: string;
  leaderName: string;
  leaderAddress: string;
  groupId: string;
  members: number;
  leftSeconds: number;
  passed: boolean;
  checks: Check[];
  brings: string[];
  givesWay: string[];
}

export interface ContentItem {
  digest: string;
  name: string;
  revision: number;
  size: number;
  kind: string;
  addedBy: string;
  addedOn: string;
  addedAt: string;
}

/** How one host stands with one content bundle. */
export interface Holding {
  state: 'synced' | 'syncing' | 'not-synced';
  percent: number;
  bytesLeft: number;
  source: string;
  bytesPerSecond: number;
  reason: string;
  fix: string;
}

export interface SyncRow extends Holding {
  host: string;
  digest: string;
}

export interface Actor {
  name: string;
  face: string;
}

/** That this host alone held something of a group when it followed the takeover of it. */
export interface AsideRow {
  id: string;
  group: string;
  generation: number;
  successor: string;
  time: string;
  count: number;
}

/** What it was: for admins alone. */
export interface Aside {
  id: string;
  items: AsideItem[];
}

export interface AsideItem {
  what: 'put' | 'admitted' | 'expelled';
  slice: string;
  key: string;
  value: unknown;
  revision: number;
  actor: Actor | null;
  host: string | null;
  time: string | null;
}

export type Outcome = 'done' | 'refused' | 'failed';

/** Something that was done, or was asked for and refused. */
export interface Act {
  actor: Actor;
  act: string;
  subject: string;
  outcome: Outcome;
  cause: string;
  detail: string;
}

export interface AuditLine {
  host: string;
  number: number;
  time: string;
  act: Act;
  hash: string;
}

export interface AuditPage {
  /** The newest first; fewer than asked for where few fit. */
  items: AuditLine[];
  /** Ask for lines before this time to go on; null if there are no more. */
  next: string | null;
  /** Hosts whose lines are not in it, by id, each with the cause. */
  missing: Record<string, string>;
}

export interface AuditVerdict {
  host: string;
  first: number;
  last: number;
  head: string;
  faults: string[];
}
