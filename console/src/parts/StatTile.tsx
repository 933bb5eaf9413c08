import { Group, Skeleton, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './StatTile.module.css';

/** One figure with its name. `value` undefined: on its way, in the same height. `hint`: one line, cut where there is no room. `spark`: a small chart below. */
export function StatTile(props: { label: string; value: ReactNode | undefined; hint?: ReactNode; spark?: ReactNode }) {
  return (
    <div className={classes.tile}>
      <Text size="xs" c="dimmed" fw={550}>
        {props.label}
      </Text>
      <Group gap={5} align="baseline" mt={3} h={32}>
        {props.value === undefined ? (
          <Skeleton h={22} w={74} />
        ) : (
          <span className={`tg-num ${classes.value}`}>{props.value}</span>
        )}
      </Group>
      {props.hint !== undefined && (
        <Text size="xs" c="dimmed" component="div" className={classes.hint} title={typeof props.hint === 'string' ? props.hint : undefined}>
          {props.hint}
        </Text>
      )}
      {props.spark}
    </div>
  );
}
