import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { Info, TriangleAlert } from 'lucide-react';
import { RefusalError } from '@/api/refusal';
import { Panel } from '@/parts/Panel';
import { RefusalAlert } from '@/parts/RefusalAlert';
import type { NamespaceRules } from '@/rules/namespace';
import { changesOf, consequencesOf, type Consequence } from '@/rules/namespace-diff';
import classes from './namespaces.module.css';

const CHANGED_MEANWHILE = 41200;

const LOOKS: Readonly<Record<Consequence['weight'], { readonly color: string; readonly Icon: typeof Info }>> = {
  danger: { color: 'red', Icon: TriangleAlert },
  warning: { color: 'yellow', Icon: TriangleAlert },
  note: { color: 'gray', Icon: Info },
};

/** What an edit changes and what follows from it, beside the form, with the button that saves it. */
export function Review(props: {
  before: NamespaceRules;
  after: NamespaceRules;
  /** Nothing is there yet: all that is unlike the default rules is new. */
  fresh: boolean;
  busy: boolean;
  error: unknown;
  /** Reads it again, after somebody else has saved it meanwhile. */
  onReload?: () => void;
  onCancel: () => void;
}) {
  const changes = changesOf(props.before, props.after);
  const consequences = props.fresh ? consequencesOf(props.before, { ...props.after, pattern: props.before.pattern }) : consequencesOf(props.before, props.after);
  return (
    <div className={classes.review}>
      <Panel title={props.fresh ? 'Unlike the default rules' : 'What changes'}>
        <Stack gap="md">
          {changes.length === 0 ? (
            <Text size="sm" c="dimmed">
              {props.fresh ? 'Nothing yet but its pattern.' : 'Nothing yet.'}
            </Text>
          ) : (
            <table className={classes.changes}>
              <tbody>
                {changes.map(({ field, from, to }) => (
                  <tr key={field}>
                    <th scope="row">{field}</th>
                    <td>
                      <span className={classes.was}>{from}</span> <span aria-hidden>→</span>
                      <span className="tg-unseen">becomes</span> <span className={classes.is}>{to}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {consequences.map(({ weight, text }) => {
            const { color, Icon } = LOOKS[weight];
            return (
              <Alert key={text} color={color} variant="light" icon={<Icon size={16} aria-hidden />} p="xs">
                {text}
              </Alert>
            );
          })}
          {props.error !== null && <RefusalAlert error={props.error} />}
          {props.onReload && props.error instanceof RefusalError && props.error.code === CHANGED_MEANWHILE && (
            <Button variant="light" size="xs" onClick={props.onReload}>
              Read it again, without my changes
            </Button>
          )}
          <Group gap="xs">
            <Button type="submit" loading={props.busy} disabled={!props.fresh && changes.length === 0} color={consequences.some(({ weight }) => weight === 'danger') ? 'red' : undefined}>
              {props.fresh ? 'Make the namespace' : 'Save'}
            </Button>
            <Button variant="default" onClick={props.onCancel}>
              Cancel
            </Button>
          </Group>
          <Text size="xs" c="dimmed">
            Rules apply everywhere within 5 s.
          </Text>
        </Stack>
      </Panel>
    </div>
  );
}
