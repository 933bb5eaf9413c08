import { Radio, Stack, Switch } from '@mantine/core';
import { NameAndUrl } from '@/called/NameAndUrl';
import { PatternField } from '@/forms/PatternField';
import { WholeNumber } from '@/forms/WholeNumber';
import { Panel } from '@/parts/Panel';
import { faultsOf, type HookDraft } from './draft';

interface Props {
  value: HookDraft;
  onChange: (draft: HookDraft) => void;
  shownFaults: boolean;
}

/** What a hook is asked about; it stays as it was made. */
export function HookKind({ value, onChange }: Pick<Props, 'value' | 'onChange'>) {
  return (
    <Panel title="When it is asked">
      <Radio.Group aria-label="Kind" value={value.kind} onChange={(kind) => onChange({ ...value, kind: kind as HookDraft['kind'] })}>
        <Stack gap="xs">
          <Radio
            value="before-publish"
            label="Before a message is accepted"
            description="Over REST and WebSocket alike. It may change the message. Of several, the one with the most specific pattern is asked."
          />
          <Radio value="connect" label="Before a client is connected" description="After its credential was found good. It may narrow what the client may do. An app has one." />
        </Stack>
      </Radio.Group>
    </Panel>
  );
}

export function HookForm({ value, onChange, shownFaults }: Props) {
  const faults = shownFaults ? faultsOf(value) : {};
  const set = (draft: Partial<HookDraft>): void => onChange({ ...value, ...draft });
  return (
    <Stack gap="lg">
      <Panel title="Whom to ask">
        <Stack gap="md">
          <NameAndUrl value={value} faults={faults} onChange={set} example={{ name: 'moderation', url: 'https://hooks.example/decide' }} description="https, to a public address, as with webhooks." />
          {value.kind === 'before-publish' ? (
            <PatternField description="The channels it is asked about." value={value.pattern} error={faults.pattern} onChange={(pattern) => set({ pattern })} />
          ) : (
            <WholeNumber
              label="A decision holds for"
              description="For the same token, or the same key, address and page; a refusal 10 s at most. 0: it is asked each time. Set it where clients poll."
              width={240}
              unit="s"
              min={0}
              max={3600}
              value={value.cacheSeconds}
              onChange={(cacheSeconds) => set({ cacheSeconds })}
            />
          )}
          <Switch label="On" description="While it is off it is not asked, and everything passes." checked={value.enabled} onChange={(event) => set({ enabled: event.currentTarget.checked })} />
        </Stack>
      </Panel>
      <Panel title="When no answer comes that can be used">
        <Stack gap="md">
          <WholeNumber
            label="It is waited for"
            description="From the wait for a free place to the last byte. A hook that takes 20 ms bounds a connection to 50 publishes a second."
            width={240}
            unit="ms"
            min={1}
            max={1000}
            value={value.timeoutMs}
            onChange={(timeoutMs) => set({ timeoutMs })}
          />
          <Radio.Group label="Then" value={value.onFailure} onChange={(onFailure) => set({ onFailure: onFailure as HookDraft['onFailure'] })}>
            <Stack gap="xs" mt="xs">
              <Radio value="refuse" label="refuse" description="With 50310, which may be tried again. Safe: nothing passes unasked." />
              <Radio value="allow" label="allow" description="It goes on as if there were no hook: your outage is not theirs." />
            </Stack>
          </Radio.Group>
        </Stack>
      </Panel>
    </Stack>
  );
}
