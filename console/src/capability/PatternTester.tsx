import { Stack, Text, TextInput } from '@mantine/core';
import { Check, X } from 'lucide-react';
import { wouldAllow, type Grant } from '@/rules/capabilities';
import { channelNameFault } from '@/rules/channel-name';
import { OPERATIONS, type Operation } from '@/rules/operations';
import classes from './capability.module.css';

/** Would these capabilities allow what on a channel? Answered while one types, as the gateway would match. */
export function PatternTester(props: { grants: readonly Grant[]; channel: string; onChannel: (channel: string) => void; operations?: readonly Operation[] }) {
  const fault = props.channel === '' ? null : channelNameFault(props.channel);
  return (
    <Stack gap="xs">
      <TextInput
        label="Try a channel"
        placeholder="chat:room-7"
        spellCheck={false}
        autoComplete="off"
        value={props.channel}
        error={fault}
        onChange={(event) => props.onChannel(event.currentTarget.value)}
      />
      {props.channel !== '' && fault === null && (
        <ul className={classes.verdicts} aria-label={`What is allowed on ${props.channel}`} aria-live="polite">
          {(props.operations ?? OPERATIONS).map((operation) => {
            const { allowed, by } = wouldAllow(props.grants, operation, props.channel);
            return (
              <li key={operation} className={classes.verdict}>
                {allowed ? <Check size={15} className={classes.yes} aria-label="allowed" /> : <X size={15} className={classes.no} aria-label="not allowed" />}
                <div style={{ minWidth: 0 }}>
                  <Text size="sm" fw={550}>
                    {operation}
                  </Text>
                  <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {by === null ? 'no pattern grants it' : <>by <code>{by}</code></>}
                  </Text>
                </div>
              </li>
            );
          })}
        </ul>
      )}
      <Text size="xs" c="dimmed">
        A namespace, a limit or a hook may still refuse: <i>Explain</i> asks the gateway about all of them.
      </Text>
    </Stack>
  );
}
