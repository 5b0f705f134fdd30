import { useEffect, useState } from 'preact/hooks';
import type { AuditLine, AuditPage, Items, LinkOperation, Outcome, Problem } from '../../api';
import { get, problem, url } from '../../http';

const MOST = 50;

/** What of the log is shown; empty for all of it. */
export interface Filter {
  host: string;
  act: string;
  actor: string;
  outcome: Outcome | '';
}

export const ALL: Filter = { host: '', act: '', actor: '', outcome: '' };

interface Log {
  lines: AuditLine[];
  before: string | null;
  missing: Record<string, string>;
  operations: LinkOperation[];
  failed: Problem | null;
  busy: boolean;
}

const NONE: Log = {
  lines: [],
  before: null,
  missing: {},
  operations: [],
  failed: null,
  busy: true,
};

/** Of the list and of the export alike. */
export function query(filter: Filter): string {
  const asked = new URLSearchParams({ host: filter.host || 'all' });
  if (filter.act) asked.set('act', filter.act);
  if (filter.actor) asked.set('actor', filter.actor);
  if (filter.outcome) asked.set('outcome', filter.outcome);
  return asked.toString();
}

export const exported = (filter: Filter) => url(`/audit?format=jsonl&${query(filter)}`);

/** Reads the newest lines, and older ones on demand. */
export function useLog(filter: Filter): [Log, () => Promise<void>, () => Promise<void>] {
  const [log, show] = useState(NONE);
  const load = async (before: string | null) => {
    show((now) => ({ ...now, busy: true, failed: null }));
    const from = before ? `&before=${encodeURIComponent(before)}` : '';
    try {
      const page = await get<AuditPage>(`/audit?${query(filter)}&most=${MOST}${from}`);
      show((now) => joined(before ? now.lines : [], page, now));
    } catch (error) {
      show((now) => ({ ...now, busy: false, failed: problem(error) }));
    }
  };
  const newest = async () => {
    await load(null);
    try {
      const answer = await get<Items<LinkOperation>>('/operations');
      show((now) => ({ ...now, operations: answer.items }));
    } catch {
      // The lines tell of the links too.
    }
  };
  useEffect(() => void newest(), [filter.host, filter.act, filter.actor, filter.outcome]);
  return [log, newest, () => load(log.before)];
}

function joined(before: AuditLine[], page: AuditPage, now: Log): Log {
  const seen = new Set(before.map(idOf));
  return {
    ...now,
    lines: before.concat(page.items.filter((line) => !seen.has(idOf(line)))),
    before: page.next,
    missing: page.missing,
    busy: false,
  };
}

export const idOf = (line: AuditLine) => `${line.host}/${line.number}`;
