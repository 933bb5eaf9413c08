import { Button, Group, Menu, Switch, TextInput } from '@mantine/core';
import { ChevronDown, Search } from 'lucide-react';
import { EVERYTHING, isEverything, type LiveFilter } from './filter';
import classes from './FilterBar.module.css';
import { TYPES } from './words';

/** Which of the events are shown. All of it is in the address too, so that a colleague sees the same. */
export function FilterBar(props: { filter: LiveFilter; onFilter: (filter: LiveFilter) => void }) {
  const { filter, onFilter } = props;
  const text = (field: 'text' | 'channel' | 'client') => ({
    value: filter[field],
    spellCheck: false,
    autoComplete: 'off',
    size: 'xs' as const,
    onChange: (event: { currentTarget: { value: string } }) => onFilter({ ...filter, [field]: event.currentTarget.value }),
  });
  return (
    <Group className={classes.bar} gap="xs" role="search" aria-label="Filter events">
      <TextInput {...text('text')} className={classes.text} aria-label="Text in the event; -word leaves out" placeholder="Text, -without" leftSection={<Search size={14} aria-hidden />} />
      <TextInput {...text('channel')} className={classes.name} aria-label="Channel begins with, or * for anything" placeholder="Channel, chat:*" />
      <TextInput {...text('client')} className={classes.name} aria-label="Client begins with, or * for anything" placeholder="Client" />
      <Types types={filter.types} onTypes={(types) => onFilter({ ...filter, types })} />
      <Switch size="xs" label="Refusals only" checked={filter.refusalsOnly} onChange={(event) => onFilter({ ...filter, refusalsOnly: event.currentTarget.checked })} />
      {!isEverything(filter) && (
        <Button variant="subtle" size="compact-xs" onClick={() => onFilter(EVERYTHING)}>
          Show all
        </Button>
      )}
    </Group>
  );
}

/** Any of them; none is all. A type that came by the address and is not known here is among them. */
function Types({ types, onTypes }: { types: readonly string[]; onTypes: (types: string[]) => void }) {
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <Button className={classes.types} variant="default" size="xs" rightSection={<ChevronDown size={14} aria-hidden />}>
          {types.length === 0 ? 'All types' : types.length === 1 ? types[0] : `${types.length} types`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={380} style={{ overflowY: 'auto' }}>
        <Menu.CheckboxGroup value={[...types]} onChange={onTypes}>
          {[...new Set([...TYPES, ...types])].map((type) => (
            <Menu.CheckboxItem key={type} value={type} fz="xs">
              {type}
            </Menu.CheckboxItem>
          ))}
        </Menu.CheckboxGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
