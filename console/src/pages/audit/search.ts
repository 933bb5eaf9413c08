export interface AuditFilter {
  area?: string;
  q?: string;
}

/** For a page's `validateSearch`. */
export function auditSearch(search: Record<string, unknown>): AuditFilter {
  return { ...(typeof search.area === 'string' && { area: search.area }), ...(search.q !== undefined && search.q !== '' && { q: String(search.q) }) };
}
