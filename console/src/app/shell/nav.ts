import { linkOptions, type LinkProps } from '@tanstack/react-router';
import {
  Activity,
  Boxes,
  Building2,
  CircleHelp,
  Gauge,
  Hash,
  KeyRound,
  Layers,
  LayoutDashboard,
  type LucideIcon,
  Network,
  PlugZap,
  Radio,
  ScrollText,
  Server,
  Settings,
  ShieldQuestion,
  ShieldX,
  SquareTerminal,
  Ticket,
  UserCog,
  Users,
  Webhook,
} from 'lucide-react';
import type { Role } from '@/api/session';

export interface NavEntry {
  label: string;
  icon: LucideIcon;
  link: LinkProps;
  /** Active on its own address only, not below it. */
  exact?: boolean;
  /** Shown from this role on. */
  role?: Role;
}

export interface NavGroup {
  label?: string;
  entries: NavEntry[];
}

/** The pages of an app, as in the sidebar and the palette. */
export function appNav(appId: string): NavGroup[] {
  const params = { appId };
  return [
    {
      entries: [
        { label: 'Overview', icon: LayoutDashboard, exact: true, link: linkOptions({ to: '/apps/$appId', params }) },
        { label: 'Live', icon: Activity, link: linkOptions({ to: '/apps/$appId/live', params }) },
        { label: 'Channels', icon: Hash, link: linkOptions({ to: '/apps/$appId/channels', params }) },
        { label: 'Connections', icon: PlugZap, link: linkOptions({ to: '/apps/$appId/connections', params }) },
      ],
    },
    {
      label: 'Access',
      entries: [
        { label: 'Keys', icon: KeyRound, link: linkOptions({ to: '/apps/$appId/keys', params }) },
        { label: 'Token tool', icon: Ticket, link: linkOptions({ to: '/apps/$appId/tokens', params }) },
        { label: 'Explain', icon: ShieldQuestion, link: linkOptions({ to: '/apps/$appId/explain', params }) },
        { label: 'Refusals', icon: ShieldX, link: linkOptions({ to: '/apps/$appId/refusals', params }) },
      ],
    },
    {
      label: 'Delivery',
      entries: [
        { label: 'Namespaces', icon: Layers, link: linkOptions({ to: '/apps/$appId/namespaces', params }) },
        { label: 'Webhooks', icon: Webhook, link: linkOptions({ to: '/apps/$appId/webhooks', params }) },
        { label: 'Hooks', icon: Radio, link: linkOptions({ to: '/apps/$appId/hooks', params }) },
        { label: 'App settings', icon: Settings, link: linkOptions({ to: '/apps/$appId/settings', params }) },
      ],
    },
  ];
}

/** The pages of a tenant. */
export function tenantNav(tenantId: string): NavGroup[] {
  const params = { tenantId };
  return [
    {
      entries: [
        { label: 'Overview', icon: Gauge, exact: true, link: linkOptions({ to: '/tenants/$tenantId', params }) },
        { label: 'Apps', icon: Boxes, link: linkOptions({ to: '/tenants/$tenantId/apps', params }) },
        { label: 'Limits', icon: Network, link: linkOptions({ to: '/tenants/$tenantId/limits', params }) },
      ],
    },
    {
      label: 'Administration',
      entries: [
        { label: 'Members', icon: Users, link: linkOptions({ to: '/tenants/$tenantId/members', params }) },
        { label: 'Control tokens', icon: SquareTerminal, role: 'developer', link: linkOptions({ to: '/tenants/$tenantId/control-tokens', params }) },
        { label: 'Audit log', icon: ScrollText, role: 'developer', link: linkOptions({ to: '/tenants/$tenantId/audit', params }) },
        { label: 'Tenant settings', icon: Settings, link: linkOptions({ to: '/tenants/$tenantId/settings', params }) },
      ],
    },
  ];
}

/** The installation's pages; without `operator` the few that everyone has. */
export function installationNav(operator: boolean): NavGroup {
  const forAll: NavEntry[] = [{ label: 'Error catalogue', icon: CircleHelp, link: linkOptions({ to: '/errors' }) }];
  if (!operator) return { entries: [{ label: 'Your tenants', icon: Building2, exact: true, link: linkOptions({ to: '/tenants' }) }, ...forAll] };
  return {
    label: 'Installation',
    entries: [
      { label: 'Overview', icon: LayoutDashboard, exact: true, link: linkOptions({ to: '/' }) },
      { label: 'Tenants', icon: Building2, exact: true, link: linkOptions({ to: '/tenants' }) },
      { label: 'Nodes', icon: Server, link: linkOptions({ to: '/nodes' }) },
      { label: 'Operators', icon: UserCog, link: linkOptions({ to: '/operators' }) },
      { label: 'Audit log', icon: ScrollText, link: linkOptions({ to: '/audit' }) },
      ...forAll,
    ],
  };
}
