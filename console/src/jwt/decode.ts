/** A token as it says of itself. Nothing is verified here: only the gateway has the key, and `explain` asks it. */

export interface DecodedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** @returns what is wrong in one sentence, where it is no JWT */
export function decodeToken(text: string): DecodedToken | { readonly fault: string } {
  const parts = text.trim().split('.');
  if (parts.length !== 3 || parts.some((part) => !/^[A-Za-z0-9_-]+$/.test(part))) {
    return { fault: 'A token has three parts of base64url, separated by dots.' };
  }
  const header = jsonObject(parts[0] ?? '');
  if (header === null) return { fault: 'The first part, the header, is not a JSON object.' };
  const claims = jsonObject(parts[1] ?? '');
  if (claims === null) return { fault: 'The second part, the claims, is not a JSON object.' };
  return { header, claims };
}

function jsonObject(part: string): Record<string, unknown> | null {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}
