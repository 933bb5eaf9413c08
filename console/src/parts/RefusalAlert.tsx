import { Alert, List, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { RefusalError } from '@/api/refusal';
import { RefusalCode } from './RefusalCode';

/** Why something did not work, beside what was tried: the gateway's words, its code, and the request to ask about. */
export function RefusalAlert(props: { error: unknown; title?: string }) {
  const problem = props.error instanceof RefusalError ? props.error.problem : undefined;
  return (
    <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={18} aria-hidden />} title={props.title ?? problem?.title ?? 'That did not work'}>
      <Text size="sm">{props.error instanceof Error ? props.error.message : String(props.error)}</Text>
      {problem?.errors && problem.errors.length > 0 && (
        <List size="sm" mt={4}>
          {problem.errors.map((error) => (
            <List.Item key={error.field + error.message}>
              <code>{error.field}</code>: {error.message}
            </List.Item>
          ))}
        </List>
      )}
      {problem && problem.code > 0 && (
        <Text size="xs" mt={6} c="dimmed">
          Code <RefusalCode code={problem.code} />
          {problem.requestId && (
            <>
              {' '}
              · request <code>{problem.requestId}</code>
            </>
          )}
        </Text>
      )}
    </Alert>
  );
}
