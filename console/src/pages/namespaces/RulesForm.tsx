import { Group, Radio, Stack, Switch } from '@mantine/core';
import { Choice } from '@/forms/Choice';
import { PatternField } from '@/forms/PatternField';
import { Panel } from '@/parts/Panel';
import { patternFault } from '@/rules/channel-pattern';
import type { NamespaceRules } from '@/rules/namespace';
import { BoundedNumber } from './BoundedNumber';

const CLASSES: readonly { readonly value: NamespaceRules['durability']; readonly label: string; readonly description: string }[] = [
  { value: 'none', label: 'none', description: 'Sent on and forgotten. No history and no resume; a gap is still seen by its number.' },
  { value: 'window', label: 'window', description: 'The last messages are kept in memory, and survive the loss of any node. For chats, dashboards, cursors.' },
  { value: 'durable', label: 'durable', description: 'Committed to the database before the publisher is answered: survives a kill of anything. For what must not get lost.' },
];

/** Every rule of a namespace, in groups, each with what it means. */
export function RulesForm(props: { value: NamespaceRules; onChange: (rules: NamespaceRules) => void; shownFaults: boolean }) {
  const { value, onChange } = props;
  const set = (rules: Partial<NamespaceRules>): void => onChange({ ...value, ...rules });
  const fault = value.pattern === '' && !props.shownFaults ? null : patternFault(value.pattern);
  return (
    <Stack gap="lg">
      <Panel title="Channels">
        <PatternField
          description="Segments between colons: * is one segment, at the end the rest; chat-* is a segment that begins so; * alone is every channel."
          value={value.pattern}
          error={fault}
          onChange={(pattern) => set({ pattern })}
        />
      </Panel>
      <Panel title="What is kept">
        <Stack gap="md">
          <Radio.Group
            label="Durability"
            description="What an acknowledged publish survives."
            value={value.durability}
            onChange={(durability) => set({ durability: durability as NamespaceRules['durability'] })}
          >
            <Stack gap="xs" mt="xs">
              {CLASSES.map((one) => (
                <Radio key={one.value} {...one} />
              ))}
            </Stack>
          </Radio.Group>
          {value.durability === 'window' && (
            <Group align="flex-start">
              <BoundedNumber field="window.messages" label="Messages kept" value={value.window.messages} onChange={(messages) => set({ window: { ...value.window, messages } })} />
              <BoundedNumber field="window.seconds" label="For" unit="s" description="Whichever is less." value={value.window.seconds} onChange={(seconds) => set({ window: { ...value.window, seconds } })} />
            </Group>
          )}
          {value.durability === 'durable' && (
            <BoundedNumber field="retentionDays" label="Kept for" unit="days" description="The tenant’s historyDays may make it less." value={value.retentionDays} onChange={(retentionDays) => set({ retentionDays })} />
          )}
          <Group align="flex-start">
            <BoundedNumber field="rewind.messages" label="Rewind up to" unit="messages" value={value.rewind.messages} onChange={(messages) => set({ rewind: { ...value.rewind, messages } })} />
            <BoundedNumber field="rewind.seconds" label="or" unit="s" description="With subscribe alone. Further back needs history." value={value.rewind.seconds} onChange={(seconds) => set({ rewind: { ...value.rewind, seconds } })} />
          </Group>
        </Stack>
      </Panel>
      <Panel title="Who may">
        <Stack gap="md">
          <Switch
            label="Clients publish"
            description="Tokens may publish where their capabilities allow it. Off: only keys, so only your backends."
            checked={value.clientPublish}
            onChange={(event) => set({ clientPublish: event.currentTarget.checked })}
          />
          <Switch
            label="Named clients only"
            description="Tokens without a clientId are refused."
            checked={value.requireClientId}
            onChange={(event) => set({ requireClientId: event.currentTarget.checked })}
          />
          <Switch
            label="Public"
            color="orange"
            description="A key’s name alone, without secret or token, may subscribe. For what anybody may read."
            checked={value.public}
            onChange={(event) => set({ public: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
      <Panel title="Presence">
        <Group align="flex-start">
          <Choice
            w={220}
            label="What subscribers see"
            data={[
              { value: 'members', label: 'Who is there' },
              { value: 'occupancy', label: 'How many are there' },
              { value: 'off', label: 'Nothing: presence is off' },
            ]}
            value={value.presence.mode}
            onChange={(mode) => set({ presence: { ...value.presence, mode } })}
          />
          {value.presence.mode !== 'off' && (
            <>
              <BoundedNumber field="presence.maxMembers" label="Members at most" value={value.presence.maxMembers} onChange={(maxMembers) => set({ presence: { ...value.presence, maxMembers } })} />
              <BoundedNumber field="presence.graceSeconds" label="Grace" unit="s" description="A client back in time never left." value={value.presence.graceSeconds} onChange={(graceSeconds) => set({ presence: { ...value.presence, graceSeconds } })} />
            </>
          )}
        </Group>
      </Panel>
      <Panel title="Messages">
        <Group align="flex-start">
          <BoundedNumber field="maxMessageBytes" label="Largest message" unit="bytes" description="The tenant’s may be less." value={value.maxMessageBytes} onChange={(maxMessageBytes) => set({ maxMessageBytes })} />
          <Choice
            w={280}
            label="A subscriber that falls behind"
            data={[
              { value: 'none', label: 'gets everything, or is closed' },
              { value: 'latest', label: 'skips to the newest message' },
            ]}
            value={value.conflate}
            onChange={(conflate) => set({ conflate })}
          />
        </Group>
      </Panel>
    </Stack>
  );
}
