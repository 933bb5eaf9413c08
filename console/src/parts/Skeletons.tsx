import { Group, Skeleton, Stack } from '@mantine/core';

/** As tall as a table of so many rows. What stands below a list of unknown length comes when its length is known. */
export function TableSkeleton(props: { rows?: number; columns?: number }) {
  return (
    <Stack gap={0} aria-busy="true" aria-label="Loading">
      {Array.from({ length: (props.rows ?? 5) + 1 }, (_, row) => (
        <Group key={row} h={row === 0 ? 34 : 37.25} px={18} gap="xl" wrap="nowrap">
          {Array.from({ length: props.columns ?? 4 }, (_unused, column) => (
            <Skeleton key={column} h={10} radius="sm" flex={column === 0 ? 2 : 1} opacity={row === 0 ? 0.5 : 1} />
          ))}
        </Group>
      ))}
    </Stack>
  );
}

/** While a page's code or what it must know first is on its way. */
export function PageSkeleton() {
  return (
    <Stack gap="lg" aria-busy="true" aria-label="Loading">
      <Stack gap={10}>
        <Skeleton h={24} w={220} />
        <Skeleton h={12} w={380} maw="100%" />
      </Stack>
      <Skeleton h={280} radius="lg" />
    </Stack>
  );
}
