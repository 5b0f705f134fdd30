/** What a pasted token says of itself, before anything is sent. */
export interface Decoded {
  addresses: string[];
  issuer: string;
}

/** Reads a token as far as people need it; the agent judges it strictly. */
export function decode(pasted: string): Decoded | string {
  const text = pasted.trim();
  if (text.length > 400) return 'This is too long to be a token. Copy only the token.';
  let json: string;
  try {
    json = atob(text);
  } catch {
    return 'This is not a token: it is not base64. Copy the whole token again.';
  }
  try {
    const token = JSON.parse(json) as { v?: number; ip?: unknown; key?: unknown };
    if (token.v !== 1) return 'The token is of another version. Bring both agents to the same release.';
    const addresses = Array.isArray(token.ip) ? token.ip.map(String) : [];
    if (addresses.length && typeof token.key === 'string') return { addresses, issuer: token.key };
  } catch {
    // Told below, without quoting what may be a secret.
  }
  return 'This is not a whole token: its content cannot be read. Copy it again.';
}
