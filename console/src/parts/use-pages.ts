import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

/** A page of a list of the contract. */
export interface Page<Item> {
  items: Item[];
  next?: string | null;
}

/**
 * A list of the contract, page by page, as `DataTable` takes it:
 * `const list = usePages(['apps', tenantId], (cursor) => take(api.GET(…)));  <DataTable {...list} … />`.
 */
export function usePages<Item>(queryKey: QueryKey, page: (cursor: string | undefined) => Promise<Page<Item>>, options?: { refetchInterval?: number | false; enabled?: boolean }) {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => page(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    ...options,
  });
  return {
    rows: query.data?.pages.flatMap((each) => each.items),
    error: query.error,
    onRetry: () => void query.refetch(),
    more: { has: query.hasNextPage, loading: query.isFetchingNextPage, load: () => void query.fetchNextPage() },
  };
}
