import type { Problem } from './api';

const BASE = '/api/v1';

/** An answer that is not a success, told as the agent told it. */
export function refused(problem: Problem): Error {
  return Object.assign(new Error(problem.title), { problem });
}

/** What the agent told with it; null for an error of another kind. */
export function told(error: unknown): Problem | null {
  return error instanceof Error && 'problem' in error ? (error.problem as Problem) : null;
}

/** What every caller needs to know of the host's wall clock, which may be years off. */
let clockOffset = 0;
let csrf = '';
let signedOut = () => {};

export const hostNow = () => Date.now() + clockOffset;

export function useCsrf(token: string) {
  csrf = token;
}

export function csrfToken() {
  return csrf;
}

export function onSignedOut(callback: () => void) {
  signedOut = callback;
}

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET') headers['X-Bowline-Csrf'] = csrf;
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
    });
  } catch {
    throw refused(away());
  }
  readClock(response.headers.get('Date'));
  if (!response.ok) {
    if (response.status === 401 && !path.startsWith('/session')) signedOut();
    const text = await response.text();
    throw refused(problemOf(text, response.status));
  }
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export const get = <T>(path: string) => call<T>('GET', path);
export const post = <T>(path: string, body: unknown = {}) => call<T>('POST', path, body);
export const remove = <T>(path: string) => call<T>('DELETE', path);
export const url = (path: string) => BASE + path;

function readClock(date: string | null) {
  const time = date ? Date.parse(date) : NaN;
  // The header has whole seconds, so smaller differences mean nothing.
  if (!Number.isNaN(time) && Math.abs(time - Date.now() - clockOffset) > 2000) {
    clockOffset = time - Date.now();
  }
}

export function problemOf(text: string, status: number): Problem {
  try {
    const problem = JSON.parse(text) as Problem;
    if (problem.title) return problem;
  } catch {
    // Not a problem document: answered by something in between.
  }
  return {
    type: 'about:blank',
    title: 'The agent gave an unexpected answer',
    status,
    detail: `HTTP status ${status}`,
    fix: 'Try again; if it stays, look at the agent’s log.',
  };
}

export function away(): Problem {
  return {
    type: 'about:blank',
    title: 'This host does not answer',
    status: 0,
    detail: 'The request did not reach the agent.',
    fix: 'Check that the agent runs, and the network in between.',
  };
}

export function problem(error: unknown): Problem {
  return (
    told(error) ?? {
      type: 'about:blank',
      title: 'The Local UI failed',
      status: 0,
      detail: error instanceof Error ? error.message : String(error),
      fix: 'Reload the page.',
    }
  );
}
