/** Why a line is no origin of the contract; undefined: it is one. */
export function originFault(origin: string): string | undefined {
  if (origin === '*') return undefined;
  if (!/^https?:\/\//.test(origin)) return `${origin}: begins with http:// or https://`;
  if (!/^https?:\/\/[^/?#\s]+$/.test(origin)) return `${origin}: scheme, host and port only, no path`;
  return undefined;
}
