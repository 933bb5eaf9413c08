import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '@mantine/hooks';

/** The top of each page: its one h1, a sentence on what it is for, and what can be done here. Names the document too. */
export function PageHeader(props: { title: string; description?: ReactNode; badges?: ReactNode; actions?: ReactNode; above?: ReactNode }) {
  useDocumentTitle(`${props.title} · Tidegate`);
  return (
    <Group component="header" justify="space-between" align="flex-start" gap="md" mb="lg" wrap="wrap">
      <Box miw={0} flex="1 1 18rem">
        {props.above}
        <Group gap="xs" align="center">
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            {props.title}
          </Title>
          {props.badges}
        </Group>
        {props.description && (
          <Text c="dimmed" size="sm" mt={4} maw="46rem" component="div">
            {props.description}
          </Text>
        )}
      </Box>
      {props.actions && <Group gap="xs">{props.actions}</Group>}
    </Group>
  );
}
