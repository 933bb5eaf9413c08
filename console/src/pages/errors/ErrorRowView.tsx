import { Badge, Group, Text } from '@mantine/core';
import { closeMeans, RETRY_MEANS, type ErrorRow } from '@/catalogue/catalogue';
import { Meaning } from '@/catalogue/Meaning';
import { RefusalCode } from '@/parts/RefusalCode';
import classes from './errors.module.css';

export function ErrorRowView({ row, open }: { row: ErrorRow; open: boolean }) {
  return (
    <article className={classes.row} aria-label={`${row.code} ${row.title}`}>
      <div className={classes.code}>
        <RefusalCode code={row.code} />
      </div>
      <div className={classes.body}>
        <Group gap="xs">
          <Text fw={600} size="sm">
            {row.title}
          </Text>
          <code className={classes.slug}>{row.slug}</code>
        </Group>
        <Text size="sm" mt={2}>
          <Meaning of={row.meaning} />
        </Text>
        <Group gap={6} mt={6}>
          <Badge color="gray">HTTP {row.status}</Badge>
          <Badge color={row.retry === 'no' ? 'gray' : 'tide'}>retry: {row.retry}</Badge>
          {row.close !== null && <Badge color="gray">closes with {row.close}</Badge>}
          {row.ably !== null && <Badge color="gray">Ably {row.ably}</Badge>}
        </Group>
        {open && (
          <Text size="sm" c="dimmed" mt="sm" component="ul" className={classes.more}>
            <li>Trying again: {RETRY_MEANS[row.retry]}</li>
            {row.close !== null && <li>A WebSocket that it ends is closed with {row.close}: {closeMeans(row.close)}.</li>}
            <li>
              Over HTTP it is application/problem+json with type <code>/docs/errors#{row.slug}</code>; on a connection an <code>error</code> frame
              with this code.
            </li>
          </Text>
        )}
      </div>
    </article>
  );
}
