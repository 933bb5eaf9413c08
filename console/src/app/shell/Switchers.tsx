import { Menu, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Box as BoxIcon, Building2, Check, ChevronsUpDown, List, Plus, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { allTenantsQuery, appsQuery } from '@/api/queries';
import { useRole, useSession } from '@/api/session';
import { MenuItemLink } from '@/parts/links';
import classes from './Switchers.module.css';
import type { Place } from './use-place';

/** From how many entries on a list is searched in. */
const SEARCH_FROM = 8;

interface Entry {
  id: string;
  name: string;
  note?: string | undefined;
}

/** The tenants: an operator's are all, a member's their own. */
export function useTenants(enabled = true): { id: string; name: string; role?: string }[] | undefined {
  const session = useSession();
  const all = useQuery({ ...allTenantsQuery, enabled: enabled && session.account.operator }).data;
  if (session.account.operator) return all;
  return session.memberships.map((each) => ({ id: each.tenantId, name: each.tenantName, role: each.role }));
}

export function TenantSwitcher(props: { place: Place; onGo: () => void }) {
  const [opened, setOpened] = useState(false);
  const tenants = useTenants(opened);
  const { place } = props;
  return (
    <Switcher
      label="Tenant"
      icon={<Building2 size={16} aria-hidden />}
      current={place.tenant?.name ?? (place.tenantId ? undefined : 'Choose a tenant')}
      opened={opened}
      onOpened={setOpened}
      entries={tenants?.map((each) => ({ id: each.id, name: each.name, note: each.role }))}
      item={(entry) => (
        <MenuItemLink key={entry.id} to="/tenants/$tenantId" params={{ tenantId: entry.id }} onClick={props.onGo} rightSection={<Mark entry={entry} chosen={entry.id === place.tenantId} />}>
          {entry.name}
        </MenuItemLink>
      )}
      footer={
        <MenuItemLink to="/tenants" onClick={props.onGo} leftSection={<List size={15} aria-hidden />}>
          All tenants
        </MenuItemLink>
      }
    />
  );
}

export function AppSwitcher(props: { place: Place; tenantId: string; onGo: () => void }) {
  const [opened, setOpened] = useState(false);
  const may = useRole(props.tenantId);
  const apps = useQuery({ ...appsQuery(props.tenantId), enabled: opened }).data;
  const { place } = props;
  return (
    <Switcher
      label="App"
      icon={<BoxIcon size={16} aria-hidden />}
      current={place.appId === undefined ? 'Choose an app' : place.app?.name}
      opened={opened}
      onOpened={setOpened}
      entries={apps?.map((app) => ({ id: app.id, name: app.name, note: app.id }))}
      item={(entry) => (
        <MenuItemLink key={entry.id} to="/apps/$appId" params={{ appId: entry.id }} onClick={props.onGo} rightSection={<Mark entry={entry} chosen={entry.id === place.appId} />}>
          {entry.name}
        </MenuItemLink>
      )}
      footer={
        <>
          <MenuItemLink to="/tenants/$tenantId/apps" params={{ tenantId: props.tenantId }} onClick={props.onGo} leftSection={<List size={15} aria-hidden />}>
            All apps
          </MenuItemLink>
          {may('admin') && (
            <MenuItemLink to="/tenants/$tenantId/apps" params={{ tenantId: props.tenantId }} search={{ create: true }} onClick={props.onGo} leftSection={<Plus size={15} aria-hidden />}>
              Create an app
            </MenuItemLink>
          )}
        </>
      }
    />
  );
}

function Mark(props: { entry: Entry; chosen: boolean }) {
  if (props.chosen) return <Check size={15} aria-label="chosen" />;
  return props.entry.note ? (
    <Text span size="xs" c="dimmed" className="tg-num">
      {props.entry.note}
    </Text>
  ) : null;
}

function Switcher(props: {
  label: string;
  icon: ReactNode;
  current: string | undefined;
  opened: boolean;
  onOpened: (opened: boolean) => void;
  entries: Entry[] | undefined;
  item: (entry: Entry) => ReactNode;
  footer: ReactNode;
}) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = props.entries?.filter((entry) => entry.name.toLowerCase().includes(wanted) || entry.id === wanted);
  return (
    <Menu opened={props.opened} onChange={props.onOpened} width="target" position="bottom-start" shadow="md" onClose={() => setSearch('')}>
      <Menu.Target>
        <UnstyledButton className={classes.button} aria-label={`${props.label}: ${props.current ?? 'loading'}`}>
          {props.icon}
          <span className={classes.current} data-none={props.current?.startsWith('Choose') || undefined}>
            {props.current ?? ' '}
          </span>
          <ChevronsUpDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {(props.entries?.length ?? 0) >= SEARCH_FROM && (
          <TextInput
            m={4}
            size="xs"
            aria-label={`Search: ${props.label}`}
            placeholder="Search"
            data-autofocus
            leftSection={<Search size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )}
        <ScrollArea.Autosize mah={300} type="scroll">
          {found?.map(props.item)}
        </ScrollArea.Autosize>
        {props.entries === undefined && (
          <Text size="sm" c="dimmed" px="sm" py={6}>
            Loading…
          </Text>
        )}
        {found?.length === 0 && (
          <Text size="sm" c="dimmed" px="sm" py={6}>
            {wanted ? 'None of this name' : 'None yet'}
          </Text>
        )}
        <Menu.Divider />
        {props.footer}
      </Menu.Dropdown>
    </Menu>
  );
}
