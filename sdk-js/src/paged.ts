import type { Page, Paged } from './types.js';

/** @param read one page, and the cursor of the next */
export function paged<T>(read: (cursor: string | undefined) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>): Paged<T> {
  const page = async (cursor?: string): Promise<Page<T>> => {
    const { items, next } = await read(cursor);
    return next === null ? { items } : { items, next: () => page(next) };
  };
  return {
    then: (resolve, reject) => page().then(resolve, reject),
    async *[Symbol.asyncIterator]() {
      for (let at: Page<T> | undefined = await page(); at; at = await at.next?.()) yield* at.items;
    },
  };
}
