/** One field that is not as it was. `before` undefined: it was not there; `after` undefined: it is there no longer. */
export interface Change {
  /** Where: `settings.allowedOrigins[0]`. */
  path: string;
  before: unknown;
  after: unknown;
}

/** What differs between two JSON values, field by field, in the order of the fields; equal ones are left out. */
export function diff(before: unknown, after: unknown, path = ''): Change[] {
  if (Object.is(before, after)) return [];
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const left = before as Record<string, unknown>;
    const right = after as Record<string, unknown>;
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.flatMap((key) => diff(left[key], right[key], Array.isArray(before) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`));
  }
  if (isTree(before) && after === undefined) return leaves(before, path).map(([at, value]) => ({ path: at, before: value, after: undefined }));
  if (isTree(after) && before === undefined) return leaves(after, path).map(([at, value]) => ({ path: at, before: undefined, after: value }));
  return [{ path, before, after }];
}

function isTree(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function leaves(value: unknown, path: string): [string, unknown][] {
  if (!isTree(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`));
}
