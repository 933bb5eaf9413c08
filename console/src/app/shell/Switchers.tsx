import { Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { linkOptions, type LinkProps } from '@tanstack/react-router';
import { Box as BoxIcon, Building2, Check, ChevronsUpDown, List, Plus, Search, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { allTenantsQuery, appsQuery } from '@/api/queries';
import { useRole, useSession } from '@/api/session';
import { DropLink, DropMenu } from '@/parts/DropMenu';
import classes from './Switchers.module.css';
import type { Place } from './use-place';

/** From how many entries on a list is searched in. */
const SEARCH_FROM = 8;

interface Entry {
  id: string;
  name: string;
  note?: string | undefined;
  link: LinkProps;
}

interface Tenants {
  /** Undefined: on their way, or not to be had. */
  tenants: { id: string; name: string; role?: string }[] | undefined;
  error: Error | null;
}

/** The tenants: an operator's are all, a member's their own. */
export function useTenants(enabled = true): Tenants {
  const session = useSession();
  const { data, error } = useQuery({ ...allTenantsQuery, enabled: enabled && session.account.operator });
  if (session.account.operator) return { tenants: data, error };
  return { tenants: session.memberships.map((each) => ({ id: each.tenantId, name: each.tenantName, role: each.role })), error: null };
}

export function TenantSwitcher(props: { place: Place; onGo: () => void }) {
  const [opened, setOpened] = useState(false);
  const { tenants, error } = useTenants(opened);
  const { place } = props;
  return (
    <Switcher
      label="Tenant"
      icon={Building2}
      current={place.tenant?.name ?? (place.tenantId !== undefined || place.isOnItsWay ? undefined : 'Choose a tenant')}
      chosen={place.tenantId}
      onOpened={setOpened}
      onGo={props.onGo}
      error={error}
      entries={tenants?.map((each) => ({ id: each.id, name: each.name, note: each.role, link: linkOptions({ to: '/tenants/$tenantId', params: { tenantId: each.id } }) }))}
      footer={
        <DropLink link={linkOptions({ to: '/tenants' })} onClick={props.onGo} icon={List}>
          All tenants
        </DropLink>
      }
    />
  );
}

/** There as soon as it is known that there will be an app or a tenant: what stands below it does not move. */
export function AppSwitcher(props: { place: Place; onGo: () => void }) {
  const { place } = props;
  const tenantId = place.tenantId ?? '';
  const [opened, setOpened] = useState(false);
  const may = useRole(tenantId);
  const { data: apps, error } = useQuery({ ...appsQuery(tenantId), enabled: opened && tenantId !== '' });
  const params = { tenantId };
  return (
    <Switcher
      label="App"
      icon={BoxIcon}
      current={place.appId === undefined ? 'Choose an app' : place.app?.name}
      chosen={place.appId}
      onOpened={setOpened}
      onGo={props.onGo}
      error={error}
      entries={apps?.map((app) => ({ id: app.id, name: app.name, note: app.id, link: linkOptions({ to: '/apps/$appId', params: { appId: app.id } }) }))}
      footer={
        tenantId !== '' && (
          <>
            <DropLink link={linkOptions({ to: '/tenants/$tenantId/apps', params })} onClick={props.onGo} icon={List}>
              All apps
            </DropLink>
            {may('admin') && (
              <DropLink link={linkOptions({ to: '/tenants/$tenantId/apps', params, search: { create: true } })} onClick={props.onGo} icon={Plus}>
                Create an app
              </DropLink>
            )}
          </>
        )
      }
    />
  );
}

function Switcher(props: {
  label: string;
  icon: LucideIcon;
  current: string | undefined;
  chosen: string | undefined;
  onOpened: (opened: boolean) => void;
  onGo: () => void;
  entries: Entry[] | undefined;
  error: Error | null;
  footer: ReactNode;
}) {
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const found = props.entries?.filter((entry) => entry.name.toLowerCase().includes(wanted) || entry.id === wanted);
  return (
    <DropMenu
      label={props.label}
      width="target"
      ready={props.entries !== undefined}
      onOpened={(opened) => {
        setSearch('');
        props.onOpened(opened);
      }}
      trigger={(trigger) => (
        <UnstyledButton {...trigger} className={classes.button} aria-label={`${props.label}: ${props.current ?? 'loading'}`}>
          <props.icon size={16} aria-hidden />
          <span className={classes.current} data-none={props.current?.startsWith('Choose') || undefined}>
            {props.current ?? ' '}
          </span>
          <ChevronsUpDown size={14} aria-hidden />
        </UnstyledButton>
      )}
      head={
        (props.entries?.length ?? 0) >= SEARCH_FROM && (
          <TextInput
            mb={4}
            size="xs"
            aria-label={`Search: ${props.label}`}
            placeholder="Search"
            data-autofocus
            leftSection={<Search size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        )
      }
      foot={props.footer}
    >
      {found?.map((entry) => (
        <DropLink
          key={entry.id}
          link={entry.link}
          onClick={props.onGo}
          note={entry.id === props.chosen ? <Check size={15} aria-label="chosen" /> : entry.note}
        >
          {entry.name}
        </DropLink>
      ))}
      {(found === undefined || found.length === 0) && (
        <Text size="sm" c="dimmed" px="sm" py={6} role="presentation">
          {found === undefined ? (props.error ? 'They could not be read.' : 'Loading…') : wanted ? 'None of this name' : 'None yet'}
        </Text>
      )}
    </DropMenu>
  );
}
