import { Group, SegmentedControl, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import classes from './CodeBlock.module.css';
import { CopyButton } from './CopyButton';

export interface Snippet {
  /** "curl", "JavaScript", "Java". */
  name: string;
  code: string;
}

/** Code to read and copy; with several snippets a switch between them. */
export function CodeBlock(props: { code?: string; snippets?: readonly Snippet[]; title?: ReactNode; maxHeight?: number; wrap?: boolean }) {
  const snippets = props.snippets ?? [{ name: 'code', code: props.code ?? '' }];
  const [chosen, choose] = useState(snippets[0]?.name ?? '');
  const shown = snippets.find((snippet) => snippet.name === chosen) ?? snippets[0];
  const code = shown?.code ?? '';
  const bar = props.title !== undefined || snippets.length > 1;
  return (
    <div className={classes.block}>
      {bar && (
        <Group className={classes.bar} justify="space-between" gap="xs" wrap="nowrap">
          {snippets.length > 1 ? (
            <SegmentedControl
              aria-label="Language"
              data={snippets.map((snippet) => snippet.name)}
              value={shown?.name ?? ''}
              onChange={choose}
            />
          ) : (
            <Text size="xs" fw={550} c="dimmed">
              {props.title}
            </Text>
          )}
          <CopyButton value={code} what="code" />
        </Group>
      )}
      {!bar && (
        <div className={classes.corner}>
          <CopyButton value={code} what="code" />
        </div>
      )}
      <pre className={classes.pre} data-bare={!bar || undefined} data-wrap={props.wrap || undefined} style={{ maxHeight: props.maxHeight }} tabIndex={0} aria-label="Code">
        <code>{code}</code>
      </pre>
    </div>
  );
}
