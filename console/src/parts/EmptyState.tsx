import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Says what would be here, what it is good for, and how to get the first one. */
export function EmptyState(props: { icon: LucideIcon; title: string; children?: ReactNode; action?: ReactNode; order?: 1 | 2 }) {
  return (
    <Stack align="center" ta="center" gap="xs" px="lg" py={48} mx="auto" maw="36rem">
      <ThemeIcon size={44} radius="xl" variant="light" mb={4}>
        <props.icon size={22} aria-hidden />
      </ThemeIcon>
      <Title order={props.order ?? 2}>{props.title}</Title>
      {props.children && (
        <Text c="dimmed" size="sm" component="div" maw="100%">
          {props.children}
        </Text>
      )}
      {props.action && <div style={{ marginTop: 10 }}>{props.action}</div>}
    </Stack>
  );
}
