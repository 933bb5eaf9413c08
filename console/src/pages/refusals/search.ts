/** One of them, or none for all. */
export interface RefusalSearch {
  readonly requestId?: string;
  readonly clientId?: string;
  readonly code?: number;
}
export type By = keyof RefusalSearch;

export function refusalSearch(search: Record<string, unknown>): RefusalSearch {
  const text = (value: unknown): string | null => (typeof value === 'string' || typeof value === 'number' ? String(value) : null);
  const requestId = text(search.requestId);
  if (requestId) return { requestId: requestId.slice(0, 128) };
  const clientId = text(search.clientId);
  if (clientId) return { clientId: clientId.slice(0, 255) };
  const code = Number(search.code);
  return isCode(code) ? { code } : {};
}

export function isCode(code: number): boolean {
  return Number.isInteger(code) && code >= 40_000 && code <= 59_999;
}

export function byOf(search: RefusalSearch): By {
  return search.clientId !== undefined ? 'clientId' : search.code !== undefined ? 'code' : 'requestId';
}

export function searchOf(by: By, text: string): RefusalSearch {
  return text.trim() === '' ? {} : refusalSearch({ [by]: by === 'code' ? Number(text) : text.trim() });
}
