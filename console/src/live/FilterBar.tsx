import { Button, Group, Switch } from '@mantine/core';
import { Search } from 'lucide-react';
import { AddressField } from '@/forms/AddressField';
import { EVERYTHING, isEverything, type LiveFilter } from './filter';
import classes from './FilterBar.module.css';
import { TypesFilter } from './TypesFilter';

/** Which of the events are shown. All of it is in the address too, so that a colleague sees the same. */
export function FilterBar(props: { filter: LiveFilter; onFilter: (filter: LiveFilter) => void }) {
  const { filter, onFilter } = props;
  const text = (field: 'text' | 'channel' | 'client') => ({
    value: filter[field],
    size: 'xs' as const,
    onChange: (typed: string) => onFilter({ ...filter, [field]: typed }),
  });
  return (
    <Group className={classes.bar} gap="xs" role="search" aria-label="Filter events">
      <AddressField {...text('text')} className={classes.text} aria-label="Text in the event; -word leaves out" placeholder="Text, -without" leftSection={<Search size={14} aria-hidden />} />
      <AddressField {...text('channel')} className={classes.name} aria-label="Channel begins with, or * for anything" placeholder="Channel, chat:*" />
      <AddressField {...text('client')} className={classes.name} aria-label="Client begins with, or * for anything" placeholder="Client" />
      <TypesFilter types={filter.types} onTypes={(types) => onFilter({ ...filter, types })} />
      <Switch size="xs" label="Refusals only" checked={filter.refusalsOnly} onChange={(event) => onFilter({ ...filter, refusalsOnly: event.currentTarget.checked })} />
      {!isEverything(filter) && (
        <Button variant="subtle" size="compact-xs" onClick={() => onFilter(EVERYTHING)}>
          Show all
        </Button>
      )}
    </Group>
  );
}
