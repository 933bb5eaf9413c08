import { Button, Group, Switch, TextInput } from '@mantine/core';
import { ChevronDown, Search } from 'lucide-react';
import { DropCheck, DropMenu } from '@/parts/DropMenu';
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
    <DropMenu
      label="Types"
      width={220}
      trigger={(trigger) => (
        <Button {...trigger} className={classes.types} variant="default" size="xs" rightSection={<ChevronDown size={14} aria-hidden />}>
          {types.length === 0 ? 'All types' : types.length === 1 ? types[0] : `${types.length} types`}
        </Button>
      )}
    >
      {[...new Set([...TYPES, ...types])].map((type) => (
        <DropCheck key={type} checked={types.includes(type)} onChange={(on) => onTypes(on ? [...types, type] : types.filter((each) => each !== type))}>
          {type}
        </DropCheck>
      ))}
    </DropMenu>
  );
}
