import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Panel.module.css';

/** A card of a page. `flush`: a table or code goes to its edges. */
export function Panel(props: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  flush?: boolean;
  danger?: boolean;
  children?: ReactNode;
}) {
  return (
    <Box component="section" className={classes.panel} data-danger={props.danger || undefined}>
      {(props.title || props.actions) && (
        <Group className={classes.head} justify="space-between" align="center" gap="sm" wrap="wrap">
          <Box miw={0}>
            {props.title && <Title order={2}>{props.title}</Title>}
            {props.description && (
              <Text c="dimmed" size="sm" mt={2} component="div">
                {props.description}
              </Text>
            )}
          </Box>
          {props.actions && <Group gap="xs">{props.actions}</Group>}
        </Group>
      )}
      {props.children && <div className={props.flush ? classes.flush : classes.body}>{props.children}</div>}
      {props.footer && <div className={classes.foot}>{props.footer}</div>}
    </Box>
  );
}
