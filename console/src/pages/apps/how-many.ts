/** `3 keys`, counted by the first page of a list; `all keys` while that is not known. */
export function howMany(page: { readonly items: readonly unknown[]; readonly next: string | null } | undefined, what: string): string {
  if (page === undefined) return `all ${what}s`;
  if (page.next !== null) return `more than ${page.items.length.toLocaleString('en')} ${what}s`;
  return page.items.length === 1 ? `1 ${what}` : `${page.items.length.toLocaleString('en')} ${what}s`;
}
