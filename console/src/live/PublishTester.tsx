import { Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { appApi, take } from '@/api/client';
import { format } from '@/charts/format';
import { CodeBlock } from '@/parts/CodeBlock';
import { RefusalAlert } from '@/parts/RefusalAlert';
import { read, type Draft } from './draft';
import { blocks, bodyOf, publishSnippets, type Publication } from './snippets/publication';

interface Sent {
  readonly epoch: string;
  readonly id: string;
  readonly seq: number;
  readonly tookMs: number;
}

async function publish(appId: string, publication: Publication): Promise<Sent> {
  const began = performance.now();
  const { epoch, messages } = await take(appApi(appId).POST('/v1/channels/{channel}/messages', { params: { path: { channel: publication.channel } }, body: bodyOf(publication) as { data: unknown } }));
  const first = messages[0]!;
  return { epoch, id: first.id, seq: first.seq, tookMs: performance.now() - began };
}

/** Publishes for real, as the person who looks; with Ctrl+Enter as well. @param fixed the channel cannot be changed */
export function PublishTester(props: { appId: string; draft: Draft; onDraft: (draft: Draft) => void; fixed?: boolean; onSent?: () => void }) {
  const { appId, draft, onDraft, fixed = false } = props;
  const sending = useMutation({ mutationFn: (publication: Publication) => publish(appId, publication), onSuccess: props.onSent });
  const { publication, fault } = read(draft);
  const send = (): void => {
    if (publication && draft.channel !== '' && !sending.isPending) sending.mutate(publication);
  };
  return (
    <Stack
      gap="sm"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        // In a field of one line the browser would send the form as well.
        event.preventDefault();
        send();
      }}
    >
      {!fixed && <TextInput label="Channel" placeholder="chat:room-7" required withAsterisk={false} spellCheck={false} autoComplete="off" value={draft.channel} onChange={(event) => onDraft({ ...draft, channel: event.currentTarget.value })} />}
      <TextInput label="Name" description="The kind of message; may be left out" spellCheck={false} autoComplete="off" value={draft.name} onChange={(event) => onDraft({ ...draft, name: event.currentTarget.value })} />
      <Textarea
        label="Data"
        classNames={{ input: 'tg-mono' }}
        autosize
        minRows={4}
        maxRows={14}
        spellCheck={false}
        value={draft.data}
        error={fault}
        onChange={(event) => onDraft({ ...draft, data: event.currentTarget.value })}
      />
      <Group justify="space-between" gap="xs">
        <SegmentedControl
          aria-label="What the data is"
          value={draft.kind}
          onChange={(kind) => onDraft({ ...draft, kind: kind as Draft['kind'] })}
          data={[
            { value: 'json', label: 'JSON' },
            { value: 'text', label: 'Text' },
            { value: 'bytes', label: 'Base64' },
          ]}
        />
        <Button type="submit" leftSection={<Send size={14} aria-hidden />} loading={sending.isPending} disabled={!publication || draft.channel === ''}>
          Publish
        </Button>
      </Group>
      {draft.headers && (
        <Group gap="xs">
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            With the headers <span className="tg-mono">{JSON.stringify(draft.headers)}</span>
          </Text>
          <Button size="compact-xs" variant="subtle" onClick={() => onDraft({ ...draft, headers: undefined })}>
            Without
          </Button>
        </Group>
      )}
      <div aria-live="polite">
        {sending.data && !sending.isPending && !sending.isError && (
          <Text size="sm" component="div">
            Published as <b className="tg-num">#{sending.data.seq}</b> in {format(sending.data.tookMs, 'milliseconds')}{' '}
            <Text span size="xs" c="dimmed" className="tg-mono">
              {sending.data.id}
            </Text>
          </Text>
        )}
        {sending.error && <RefusalAlert error={sending.error} />}
      </div>
      {publication && draft.channel !== '' && <CodeBlock snippets={blocks(publishSnippets(location.origin, publication))} maxHeight={200} />}
    </Stack>
  );
}

