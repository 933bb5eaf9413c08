import { Text } from '@mantine/core';
import classes from './ChangeTable.module.css';
import { diff } from './diff';

/** What was, and what is, field by field; a sign says the same as the colour. */
export function ChangeTable(props: { before: object | null; after: object | null }) {
  const changes = diff(props.before ?? undefined, props.after ?? undefined);
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {props.before || props.after ? 'No field is different.' : 'The event has no fields of its own.'}
      </Text>
    );
  }
  return (
    <div className={classes.changes}>
      {changes.map((change) => (
        <div key={change.path} className={classes.change}>
          <code className={classes.path}>{change.path}</code>
          <div className={classes.values}>
            {change.before !== undefined && (
              <code className={classes.before}>
                <span aria-hidden>− </span>
                <span className="tg-unseen">was </span>
                {shown(change.before)}
              </code>
            )}
            {change.after !== undefined && (
              <code className={classes.after}>
                <span aria-hidden>+ </span>
                <span className="tg-unseen">is </span>
                {shown(change.after)}
              </code>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
