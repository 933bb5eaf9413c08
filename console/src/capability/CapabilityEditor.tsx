import { ActionIcon, Box, Button, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { FileJson, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { capabilityFaults, type Grant } from '@/rules/capabilities';
import { matches, patternFault } from '@/rules/channel-pattern';
import { OPERATIONS, TOKEN_OPERATIONS, type Operation } from '@/rules/operations';
import classes from './capability.module.css';
import { CapabilityJson } from './CapabilityJson';
import { OperationChips } from './OperationChips';

const EXAMPLES: readonly { readonly label: string; readonly pattern: string; readonly operations: Operation[] }[] = [
  { label: 'Everything, as a backend', pattern: '*', operations: ['publish', 'subscribe', 'presence', 'history', 'admin'] },
  { label: 'Publish anywhere', pattern: '*', operations: ['publish'] },
  { label: 'Read anywhere', pattern: '*', operations: ['subscribe', 'history'] },
  { label: 'Chat rooms', pattern: 'chat:*', operations: ['publish', 'subscribe', 'presence', 'history'] },
];

/**
 * Channel patterns and what each allows. `shownFaults`: also say what is unfinished, not only what is wrong. `channel`: of
 * the tester beside it; the lines that cover it are marked.
 */
export function CapabilityEditor(props: {
  of: 'key' | 'token';
  value: readonly Grant[];
  onChange: (grants: Grant[]) => void;
  shownFaults: boolean;
  channel?: string;
}) {
  const [asText, setAsText] = useState(false);
  const offered: readonly Operation[] = props.of === 'key' ? OPERATIONS : TOKEN_OPERATIONS;
  const faults = capabilityFaults(props.value, props.of);
  const ofAll = props.shownFaults ? faults.find(({ line }) => line === null) : undefined;
  const change = (line: number, grant: Partial<Grant>): void =>
    props.onChange(props.value.map((one, i) => (i === line ? { ...one, ...grant } : one)));
  const add = (grant: Grant): void => props.onChange([...props.value, grant]);

  if (asText) {
    return (
      <CapabilityJson
        value={props.value}
        onTaken={(grants) => {
          props.onChange(grants);
          setAsText(false);
        }}
        onCancel={() => setAsText(false)}
      />
    );
  }
  return (
    <div className={classes.editor}>
      {props.value.map((grant, line) => {
        const fault = faults.find((one) => one.line === line && (props.shownFaults || (grant.pattern !== '' && grant.operations.length > 0)));
        const covers = props.channel !== undefined && patternFault(grant.pattern) === null && matches(grant.pattern, props.channel);
        return (
          <Box key={line} className={classes.line} data-covers={covers || undefined}>
            <Group gap="sm" align="flex-start" wrap="nowrap">
              <Box flex={1} miw={0}>
                <Group gap="sm" align="center" wrap="wrap">
                  <TextInput
                    flex="1 1 11rem"
                    aria-label={`Pattern ${line + 1}`}
                    aria-invalid={fault !== undefined}
                    placeholder="chat:*"
                    value={grant.pattern}
                    spellCheck={false}
                    autoComplete="off"
                    styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                    onChange={(event) => change(line, { pattern: event.currentTarget.value })}
                  />
                  <OperationChips
                    label={`Operations of pattern ${line + 1}`}
                    offered={offered}
                    value={grant.operations}
                    onChange={(operations) => change(line, { operations })}
                  />
                </Group>
                {fault && (
                  <Text size="xs" c="red" mt={4} role="alert">
                    {fault.message}
                  </Text>
                )}
              </Box>
              <ActionIcon mt={5} aria-label={`Remove pattern ${line + 1}`} onClick={() => props.onChange(props.value.filter((_, i) => i !== line))}>
                <Trash2 size={15} aria-hidden />
              </ActionIcon>
            </Group>
          </Box>
        );
      })}
      {ofAll && (
        <Text size="xs" c="red" px={14} py={10} role="alert">
          {ofAll.message}
        </Text>
      )}
      <Group className={classes.foot} justify="space-between" gap="xs">
        <Group gap="xs">
          <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} aria-hidden />} onClick={() => add({ pattern: '', operations: ['subscribe'] })}>
            Add a pattern
          </Button>
          <NativeSelect
            size="xs"
            w={150}
            aria-label="Start from an example"
            data={['Start from…', ...EXAMPLES.map(({ label }) => label)]}
            value="Start from…"
            onChange={(event) => {
              const example = EXAMPLES.find(({ label }) => label === event.currentTarget.value);
              if (example) props.onChange([{ pattern: example.pattern, operations: example.operations.filter((one) => offered.includes(one)) }]);
            }}
          />
        </Group>
        <Button variant="subtle" color="gray" size="compact-sm" leftSection={<FileJson size={14} aria-hidden />} onClick={() => setAsText(true)}>
          Edit as JSON
        </Button>
      </Group>
    </div>
  );
}
