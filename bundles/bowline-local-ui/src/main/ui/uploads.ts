import { useEffect, useState } from 'preact/hooks';
import type { Problem } from './api';
import { problem, told } from './http';
import { refresh } from './live';
import * as tus from './tus';

export type UploadState = 'waiting' | 'sending' | 'verifying' | 'paused' | 'failed' | 'done';

/** A file on its way from this browser to the agent. Lives as long as the page, its offset longer. */
export interface Upload {
  key: string;
  file: File;
  state: UploadState;
  offset: number;
  bytesPerSecond: number;
  resumed: boolean;
  problem: Problem | null;
}

const TRIES = 5; // of one slice, before a person must act
const uploads = new Map<string, Upload>();
const stops = new Map<string, AbortController>();
const listeners = new Set<() => void>();
let running = false;

export function useUploads(): Upload[] {
  const [seen, show] = useState([...uploads.values()]);
  useEffect(() => {
    const listener = () => show([...uploads.values()]);
    listeners.add(listener);
    listener();
    return () => void listeners.delete(listener);
  }, []);
  return seen;
}

/** Takes files in; one that was begun before goes on where it stopped. */
export function add(files: Iterable<File>) {
  for (const file of files) {
    const key = `bowline.upload ${file.name} ${file.size} ${file.lastModified}`;
    const known = uploads.get(key);
    if (known && ['waiting', 'sending', 'verifying'].includes(known.state)) continue;
    const fresh = { offset: 0, bytesPerSecond: 0, resumed: false, problem: null };
    uploads.set(key, { key, file, state: 'waiting', ...fresh });
  }
  tell();
  void work();
}

export function pause(key: string) {
  change(key, { state: 'paused', bytesPerSecond: 0 });
  stops.get(key)?.abort();
}

export function resume(key: string) {
  change(key, { state: 'waiting', problem: null });
  void work();
}

/** Takes it off the list; what the agent had of it is dropped. */
export async function drop(key: string) {
  const address = localStorage.getItem(key);
  const done = uploads.get(key)?.state === 'done';
  stops.get(key)?.abort();
  uploads.delete(key);
  localStorage.removeItem(key);
  tell();
  if (address && !done) await tus.cancel(address).catch(() => {});
}

/** One file after the other: the link to the agent is the narrow place. */
async function work() {
  if (running) return;
  running = true;
  for (let next = waiting(); next; next = waiting()) await send(next);
  running = false;
}

const waiting = () => [...uploads.values()].find((upload) => upload.state === 'waiting');

async function send(upload: Upload) {
  const { key, file } = upload;
  const stop = new AbortController();
  stops.set(key, stop);
  change(key, { state: 'sending' });
  try {
    const [address, from] = await begin(key, file);
    change(key, { offset: from, resumed: from > 0 });
    await sendSlices(key, file, address, from, stop.signal);
    localStorage.removeItem(key);
    change(key, { state: 'done', offset: file.size, bytesPerSecond: 0 });
    await refresh(['content', 'sync']).catch(() => {});
  } catch (error) {
    const paused = error instanceof DOMException && error.name === 'AbortError';
    if (!paused) change(key, { state: 'failed', bytesPerSecond: 0, problem: problem(error) });
  } finally {
    stops.delete(key);
  }
}

async function begin(key: string, file: File): Promise<[string, number]> {
  const known = localStorage.getItem(key);
  const at = known ? await tus.offset(known) : null;
  if (known && at !== null) return [known, at];
  const address = await tus.create(file);
  localStorage.setItem(key, address);
  return [address, 0];
}

async function sendSlices(key: string, file: File, to: string, from: number, stop: AbortSignal) {
  const began = performance.now();
  const progress = (offset: number) => {
    const passed = (performance.now() - began) / 1000;
    const last = offset >= file.size;
    const bytesPerSecond = passed > 0.5 ? (offset - from) / passed : 0;
    change(key, { offset, bytesPerSecond, state: last ? 'verifying' : 'sending' });
  };
  let offset = from;
  let tries = 0;
  do {
    try {
      offset = await tus.append(to, file, offset, progress, stop);
      tries = 0;
    } catch (error) {
      if (!passing(error) || ++tries >= TRIES) throw error;
      await rest(500 * 2 ** tries, stop);
      offset = (await tus.offset(to).catch(() => offset)) ?? offset;
    }
  } while (offset < file.size);
}

/** What heals by itself: a broken connection, a room being exchanged, an offset, a bad checksum. */
function passing(error: unknown): boolean {
  const problem = told(error);
  if (!problem || problem.type.endsWith('use-the-leader')) return false;
  return [0, 409, 460, 502, 503].includes(problem.status);
}

function rest(milliseconds: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    stop.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new DOMException('paused', 'AbortError'));
    });
  });
}

function change(key: string, patch: Partial<Upload>) {
  const upload = uploads.get(key);
  if (!upload) return;
  // A paused upload may still hear of its last bytes.
  const late = upload.state === 'paused' && (patch.state === 'sending' || patch.state === 'verifying');
  uploads.set(key, { ...upload, ...patch, state: late ? 'paused' : (patch.state ?? upload.state) });
  tell();
}

function tell() {
  listeners.forEach((listener) => listener());
}
