import { away, csrfToken, problemOf, refused, told, url } from './http';

/** Speaks tus 1.0: an upload goes on where the agent says that it stands. */
const TUS = '1.0.0';
const SLICE = 8 << 20; // bytes; what one interruption may cost

interface Answer {
  status: number;
  header: (name: string) => string | null;
}

/** Begins an upload and answers its address. */
export async function create(file: File): Promise<string> {
  const answer = await send('POST', url('/uploads'), {
    'Upload-Length': String(file.size),
    'Upload-Metadata': `filename ${base64(new TextEncoder().encode(file.name))}`,
  });
  const address = answer.header('Location');
  if (!address) throw refused(problemOf('', answer.status));
  return new URL(address, location.href).pathname;
}

/** Bytes that the agent has safe on disk; null if it does not know the upload any more. */
export async function offset(address: string): Promise<number | null> {
  try {
    return Number((await send('HEAD', address, {})).header('Upload-Offset') ?? 0);
  } catch (error) {
    if ([404, 410].includes(told(error)?.status ?? 0)) return null;
    throw error;
  }
}

/** Sends the next slice and answers the new offset. */
export async function append(
  address: string,
  file: File,
  from: number,
  progress: (bytes: number) => void,
  stop: AbortSignal,
): Promise<number> {
  const slice = file.slice(from, from + SLICE);
  const headers: Record<string, string> = {
    'Upload-Offset': String(from),
    'Content-Type': 'application/offset+octet-stream',
    ...(await checksum(slice)),
  };
  const answer = await send('PATCH', address, headers, slice, (sent) => progress(from + sent), stop);
  return Number(answer.header('Upload-Offset') ?? from + slice.size);
}

export async function cancel(address: string) {
  await send('DELETE', address, {});
}

async function checksum(slice: Blob): Promise<Record<string, string>> {
  if (!globalThis.crypto?.subtle) return {};
  const bytes = await slice.arrayBuffer();
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return { 'Upload-Checksum': `sha256 ${base64(new Uint8Array(hash))}` };
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** XMLHttpRequest, because fetch tells no progress of what it sends. */
function send(
  method: string,
  address: string,
  headers: Record<string, string>,
  body?: Blob,
  progress?: (sent: number) => void,
  stop?: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    const all = { 'Tus-Resumable': TUS, 'X-Bowline-Csrf': csrfToken(), ...headers };
    Object.entries(all).forEach(([name, value]) => request.setRequestHeader(name, value));
    if (progress) request.upload.onprogress = (event) => progress(event.loaded);
    request.onload = () => {
      if (request.status >= 400) reject(refused(problemOf(request.responseText, request.status)));
      else resolve({ status: request.status, header: (name) => request.getResponseHeader(name) });
    };
    request.onerror = () => reject(refused(away()));
    request.onabort = () => reject(new DOMException('paused', 'AbortError'));
    stop?.addEventListener('abort', () => request.abort());
    request.send(body ?? null);
  });
}
