import { Badge, Group, Stack, Text, Title } from '@mantine/core';
import type { Schema } from '@/api/client';
import { CodeBlock } from '@/parts/CodeBlock';
import { exact } from '@/parts/RelativeTime';
import classes from './webhooks.module.css';

type Attempt = Schema<'DeliveryAttempt'>;

export function AttemptList(props: { attempts: readonly Attempt[]; total: number }) {
  return (
    <Stack gap="xs">
      <Title order={3}>
        {props.total.toLocaleString('en')} {props.total === 1 ? 'attempt' : 'attempts'}
        {props.total > props.attempts.length && `, the last ${props.attempts.length}`}
      </Title>
      {props.attempts.map((attempt) => (
        <div key={attempt.number} className={classes.attempt}>
          <Group gap="xs" justify="space-between">
            <Group gap="xs">
              <Badge color={isTaken(attempt) ? 'tide' : 'red'}>{attempt.status ?? 'no answer'}</Badge>
              <Text size="sm">attempt {attempt.number.toLocaleString('en')}</Text>
            </Group>
            <Text size="xs" c="dimmed" className="tg-num">
              {exact(new Date(attempt.at))} · {attempt.latencyMs.toLocaleString('en')} ms
            </Text>
          </Group>
          {attempt.error !== null && (
            <Text size="sm" mt={4} style={{ overflowWrap: 'anywhere' }}>
              {attempt.error}
            </Text>
          )}
          {attempt.answer !== null && attempt.answer !== '' && (
            <div className={classes.answer}>
              <CodeBlock title="answer" code={attempt.answer} maxHeight={160} wrap />
            </div>
          )}
        </div>
      ))}
    </Stack>
  );
}

function isTaken({ status }: Attempt): boolean {
  return status !== null && status >= 200 && status < 300;
}
