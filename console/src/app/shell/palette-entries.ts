import { useQuery } from '@tanstack/react-query';
import { linkOptions, type LinkProps } from '@tanstack/react-router';
import { Box, Building2, CircleHelp, Hash, LogOut, type LucideIcon, Moon, Plus, Sun, UserRound } from 'lucide-react';
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { appsQuery } from '@/api/queries';
import { reaches, roleIn, useSession } from '@/api/session';
import { failed } from '@/parts/toast';
import { appNav, installationNav, tenantNav, type NavGroup } from './nav';
import { useTenants } from './Switchers';
import { usePlace } from './use-place';
import { useSignOut } from './use-sign-out';

/** One thing to go to or to do. */
export interface PaletteEntry {
  id: string;
  group: string;
  label: string;
  note?: string | undefined;
  icon: LucideIcon;
  act: { link: LinkProps } | { run: () => void };
}

/** What is offered for a text: pages here, tenants, apps, actions; an error code or a channel's name leads right there. */
export function usePaletteEntries(text: string): PaletteEntry[] {
  const session = useSession();
  const place = usePlace();
  const tenants = useTenants().tenants ?? [];
  const apps = useQuery({ ...appsQuery(place.tenantId ?? ''), enabled: place.tenantId !== undefined }).data ?? [];
  const scheme = useComputedColorScheme('light');
  const { setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const role = place.tenantId === undefined ? undefined : roleIn(session, place.tenantId);

  const pages = (group: string, groups: NavGroup[]): PaletteEntry[] =>
    groups
      .flatMap((each) => each.entries)
      .filter((entry) => !entry.role || reaches(role, entry.role))
      .map((entry) => ({ id: `${group}/${entry.label}`, group, label: entry.label, icon: entry.icon, act: { link: entry.link } }));

  const all: PaletteEntry[] = [];
  if (place.appId !== undefined) all.push(...pages(place.app?.name ?? 'This app', appNav(place.appId)));
  if (place.tenantId !== undefined) all.push(...pages(place.tenant?.name ?? 'This tenant', tenantNav(place.tenantId)));
  for (const app of apps) {
    if (app.id === place.appId) continue;
    all.push({ id: `app/${app.id}`, group: 'Apps', label: app.name, note: app.id, icon: Box, act: { link: linkOptions({ to: '/apps/$appId', params: { appId: app.id } }) } });
  }
  for (const tenant of tenants) {
    if (tenant.id === place.tenantId) continue;
    const link = linkOptions({ to: '/tenants/$tenantId', params: { tenantId: tenant.id } });
    all.push({ id: `tenant/${tenant.id}`, group: 'Tenants', label: tenant.name, note: tenant.role, icon: Building2, act: { link } });
  }
  all.push(...pages('Installation', [installationNav(session.account.operator)]));
  if (place.tenantId !== undefined && reaches(role, 'admin')) {
    const link = linkOptions({ to: '/tenants/$tenantId/apps', params: { tenantId: place.tenantId }, search: { create: true } });
    all.push({ id: 'create-app', group: 'Actions', label: 'Create an app', icon: Plus, act: { link } });
  }
  const other = scheme === 'dark' ? 'light' : 'dark';
  all.push(
    { id: 'account', group: 'Actions', label: 'Your account', icon: UserRound, act: { link: linkOptions({ to: '/account' }) } },
    { id: 'theme', group: 'Actions', label: `To the ${other} theme`, icon: other === 'dark' ? Moon : Sun, act: { run: () => setColorScheme(other) } },
    { id: 'sign-out', group: 'Actions', label: 'Sign out', icon: LogOut, act: { run: () => void signOut().catch(failed) } },
  );
  return [...asCode(text.trim()), ...matching(all, text), ...asChannel(text.trim(), place.appId)];
}

/** A code leads to what it means. */
function asCode(text: string): PaletteEntry[] {
  if (!/^[45]\d{4}$/.test(text)) return [];
  const link = linkOptions({ to: '/errors', search: { code: Number(text) } });
  return [{ id: 'code', group: 'Go to', label: `What ${text} means`, icon: CircleHelp, act: { link } }];
}

/** Any text may be a channel's name. */
function asChannel(text: string, appId: string | undefined): PaletteEntry[] {
  if (text === '' || appId === undefined) return [];
  const link = linkOptions({ to: '/apps/$appId/channels/view', params: { appId }, search: { name: text } });
  return [{ id: 'channel', group: 'Go to', label: `Channel ${text}`, icon: Hash, act: { link } }];
}

/** Those that hold every word of the text, in label, note or group; labels that begin with it first. */
export function matching(entries: PaletteEntry[], text: string): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter((entry) => {
    const held = `${entry.label} ${entry.note ?? ''} ${entry.group}`.toLowerCase();
    return words.every((word) => held.includes(word));
  });
  if (words.length === 0) return found;
  const rank = (entry: PaletteEntry): number => (entry.label.toLowerCase().startsWith(words[0]!) ? 0 : entry.label.toLowerCase().includes(words[0]!) ? 1 : 2);
  return found.map((entry, index) => ({ entry, index })).sort((a, b) => rank(a.entry) - rank(b.entry) || a.index - b.index).map(({ entry }) => entry);
}
