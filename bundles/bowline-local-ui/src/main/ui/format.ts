import { hostNow } from './http';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(count: number): string {
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

export function seconds(count: number): string {
  const whole = Math.max(0, Math.round(count));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** 83 -> 1:23, as on a kitchen timer. */
export function countdown(count: number): string {
  const whole = Math.max(0, Math.ceil(count));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function ago(time: string | null): string {
  if (!time) return 'never';
  const passed = (hostNow() - Date.parse(time)) / 1000;
  if (passed < 5) return 'just now';
  if (passed < 60) return `${Math.floor(passed)} s ago`;
  if (passed < 3600) return `${Math.floor(passed / 60)} min ago`;
  if (passed < 86400) return `${Math.floor(passed / 3600)} h ago`;
  return `${Math.floor(passed / 86400)} d ago`;
}

/** The time of day; with the day where it is not today's. */
export function since(time: string): string {
  const then = new Date(time);
  const now = new Date(hostNow());
  const today = then.toDateString() === now.toDateString();
  return then.toLocaleString('en-GB', {
    year: then.getFullYear() === now.getFullYear() ? undefined : 'numeric',
    month: today ? undefined : 'short',
    day: today ? undefined : 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

export function clock(time: number, utc = false): string {
  return new Date(time).toLocaleTimeString('en-GB', utc ? { timeZone: 'UTC' } : {});
}

export function dateTime(time: string): string {
  return new Date(time).toLocaleString('en-GB', {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The day as people say it. */
export function day(time: string): string {
  const then = new Date(time);
  const now = new Date(hostNow());
  if (then.toDateString() === now.toDateString()) return 'Today';
  return then.toLocaleDateString('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

export const shortDigest = (digest: string) => digest.replace('sha256:', '').slice(0, 12);

/** With its full stop, whoever wrote it. */
export const sentence = (text: string) => (text === '' || /[.!?…]$/.test(text) ? text : `${text}.`);

export const many = (count: number, word: string, words = `${word}s`) =>
  `${count} ${count === 1 ? word : words}`;

/** A key's fingerprint in groups that two people can read to each other. */
export const fingerprint = (id: string) => (id.match(/.{1,5}/g) ?? []).join(' ');

export const at = (address: string, port: number) =>
  `https://${address.includes(':') ? `[${address}]` : address}:${port}/`;
