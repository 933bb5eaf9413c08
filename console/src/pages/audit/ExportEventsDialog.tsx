import { Button, Group, Modal, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { saveFile } from '@/parts/save-file';
import type { Page } from '@/parts/use-pages';
import { csv, type Event } from './events';

type Format = 'csv' | 'json';

export interface Props {
  opened: boolean;
  onClose: () => void;
  page: (cursor: string | undefined) => Promise<Page<Event>>;
  /** When the first event can have been. */
  since?: string | undefined;
  fileName: string;
}

/** Reads the whole log, page by page, into a file. */
export function ExportEventsDialog(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title="Export the audit log" closeButtonProps={{ 'aria-label': 'Close' }} closeOnClickOutside={false}>
      <Exporting {...props} />
    </Modal>
  );
}

function Exporting(props: Props) {
  const [format, setFormat] = useState<Format>('csv');
  const [reached, setReached] = useState<{ count: number; at: string | undefined }>();
  const [finished, setFinished] = useState(false);
  const [error, setError] = useState<Error>();
  const stopped = useRef(false);
  // Closing the dialog stops the reading.
  useEffect(() => {
    stopped.current = false;
    return () => {
      stopped.current = true;
    };
  }, []);
  const start = async (): Promise<void> => {
    setError(undefined);
    setReached({ count: 0, at: undefined });
    try {
      const events: Event[] = [];
      let cursor: string | undefined;
      do {
        const page = await props.page(cursor);
        if (stopped.current) return;
        events.push(...page.items);
        cursor = page.next ?? undefined;
        setReached({ count: events.length, at: events.at(-1)?.at });
      } while (cursor !== undefined);
      const name = `${props.fileName}.${format === 'csv' ? 'csv' : 'ndjson'}`;
      if (format === 'csv') saveFile(name, 'text/csv', csv(events));
      else saveFile(name, 'application/x-ndjson', events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      setFinished(true);
    } catch (failed) {
      setError(failed as Error);
      setReached(undefined);
    }
  };
  const running = reached !== undefined && !finished;
  return (
    <Stack gap="md">
      <Text size="sm">Every event that there is, newest first, with the hashes that show that none was changed or left out.</Text>
      <SegmentedControl
        aria-label="Format"
        disabled={running}
        value={format}
        onChange={(value) => setFormat(value === 'json' ? 'json' : 'csv')}
        data={[
          { value: 'csv', label: 'CSV' },
          { value: 'json', label: 'JSON lines' },
        ]}
      />
      {reached && (
        <Stack gap={6} role="status">
          <Progress value={finished ? 100 : percent(reached.at, props.since)} animated={running} aria-label="Export" />
          <Text size="xs" c="dimmed" className="tg-num">
            {reached.count.toLocaleString('en')} events{reached.at && !finished && `, back to ${new Date(reached.at).toLocaleString('en')}`}
            {finished && ': saved'}
          </Text>
        </Stack>
      )}
      {error && <RefusalAlert error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onClose}>
          {finished ? 'Close' : running ? 'Stop' : 'Cancel'}
        </Button>
        {!finished && (
          <Button loading={running} onClick={() => void start()}>
            Export
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** The log is read from now back to its beginning: how much of that time is behind. Without a beginning the moving bar says only that it goes on. */
function percent(at: string | undefined, since: string | undefined): number {
  if (since === undefined) return 100;
  if (at === undefined) return 0;
  const now = Date.now();
  const whole = now - Date.parse(since);
  return whole <= 0 ? 100 : Math.min(100, Math.max(2, ((now - Date.parse(at)) / whole) * 100));
}
