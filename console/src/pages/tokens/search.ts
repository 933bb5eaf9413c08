/** What of the tool stands in an address: never a token. */
export interface TokenSearch {
  readonly keyId?: string;
}

export function tokenSearch(search: Record<string, unknown>): TokenSearch {
  const keyId = typeof search.keyId === 'string' || typeof search.keyId === 'number' ? String(search.keyId) : '';
  return /^[a-z0-9]{1,32}$/.test(keyId) ? { keyId } : {};
}
