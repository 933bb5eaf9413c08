/** One segment of a path, or a value of a query; with its colons, which need no escape and are in most names. */
export function segment(text: string): string {
  return encodeURIComponent(text).replaceAll('%3A', ':');
}
