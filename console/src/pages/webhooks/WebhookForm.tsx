import { Checkbox, SimpleGrid, Stack, Switch, Text } from '@mantine/core';
import { NameAndUrl } from '@/called/NameAndUrl';
import { PatternField } from '@/forms/PatternField';
import { WholeNumber } from '@/forms/WholeNumber';
import { Panel } from '@/parts/Panel';
import { faultsOf, type WebhookDraft } from './draft';
import { EVENT_GROUPS, isOfChannels, type EventType } from './events';

export function WebhookForm(props: { value: WebhookDraft; onChange: (draft: WebhookDraft) => void; shownFaults: boolean }) {
  const { value, onChange } = props;
  const faults = props.shownFaults ? faultsOf(value) : {};
  const set = (draft: Partial<WebhookDraft>): void => onChange({ ...value, ...draft });
  return (
    <Stack gap="lg">
      <Panel title="Where">
        <Stack gap="md">
          <NameAndUrl
            value={value}
            faults={faults}
            onChange={set}
            example={{ name: 'orders', url: 'https://hooks.example/tidegate' }}
            description="https, to a public address. Private networks and http only where whoever runs the gateway has opened them. A secret of your own may stand in path or query, which are never logged."
          />
          <Switch
            label="On"
            description="While it is off nothing is queued for it, and what is queued waits."
            checked={value.enabled}
            onChange={(event) => set({ enabled: event.currentTarget.checked })}
          />
        </Stack>
      </Panel>
      <Panel title="What it is told of">
        <Checkbox.Group aria-label="Events" value={[...value.events]} onChange={(events) => set({ events: events as EventType[] })}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
            {EVENT_GROUPS.map(({ title, events }) => (
              <Stack key={title} gap="xs">
                <Text size="xs" fw={600} c="dimmed">
                  {title}
                </Text>
                {events.map(({ type, means }) => (
                  <Checkbox key={type} value={type} label={type} description={means} />
                ))}
              </Stack>
            ))}
          </SimpleGrid>
        </Checkbox.Group>
        {faults.events && (
          <Text size="xs" c="red" mt="xs" role="alert">
            {faults.events}
          </Text>
        )}
      </Panel>
      <Panel title="Which channels, and how many at once">
        <Stack gap="md">
          <PatternField
            description={value.events.some(isOfChannels) ? 'Events of channels that it covers; those of no channel always.' : 'None of the chosen events is of a channel: it selects nothing.'}
            value={value.pattern}
            error={faults.pattern}
            onChange={(pattern) => set({ pattern })}
          />
          <WholeNumber
            label="Events in a call, at most"
            description="With 1 the body is the event; with more always an array of what waits. Nothing is delayed to fill it."
            width={260}
            min={1}
            max={100}
            value={value.maxEvents}
            onChange={(maxEvents) => set({ maxEvents })}
          />
        </Stack>
      </Panel>
    </Stack>
  );
}
