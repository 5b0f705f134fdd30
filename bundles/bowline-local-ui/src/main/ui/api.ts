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
  cannotUnlink: Reason | null;
}

export interface Token {
  text: string;
  addresses: string[];
  expiresAt: string;
  leftSeconds: number;
}

export type LinkStatus = 'pending' | 'in-progress' | 'completed' | 'failed';

export interface Joining {
  host: string;
  name: string;
  address: string;
  status: LinkStatus;
  reason: Reason | null;
}

export interface Leader {
  leading: boolean;
  token: Token | null;
  cannotStart: Reason | null;
  cannotStop: Reason | null;
  joining: Joining[];
}

export interface Step {
  title: string;
  status: LinkStatus;
  at: string;
}

export interface LinkOperation {
  id: string;
  status: LinkStatus;
  steps: Step[];
  reason: Reason | null;
}

export interface Link {
  follower: boolean;
  leader: string | null;
  cannotLink: Reason | null;
  cannotUnlink: Reason | null;
  last: LinkOperation | null;
}

export interface Check {
  title: string;
  detail: string;
  failed: Reason | null;
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
