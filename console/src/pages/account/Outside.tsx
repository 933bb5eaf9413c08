import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Logo } from '@/parts/Logo';
import classes from './Outside.module.css';

/** The card in the middle of the page, for those who are not signed in. */
export function Outside(props: { title: string; description?: ReactNode; children: ReactNode; footer?: ReactNode }) {
  useDocumentTitle(`${props.title} · Tidegate`);
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <Logo size={34} />
          <span>Tidegate</span>
        </div>
        <div className={classes.card}>
          <Title order={1} mb={4}>
            {props.title}
          </Title>
          {props.description && (
            <Text c="dimmed" size="sm" mb="lg" component="div">
              {props.description}
            </Text>
          )}
          {props.children}
        </div>
        {props.footer && (
          <Text c="dimmed" size="xs" ta="center" mt="md" component="div">
            {props.footer}
          </Text>
        )}
      </div>
    </main>
  );
}
