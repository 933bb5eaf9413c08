import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';

export const channelRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'channels',
    staticData: { title: 'Channels' },
    component: lazyRouteComponent(() => import('./ChannelsPage'), 'ChannelsPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'channels/view',
    validateSearch: (search: Record<string, unknown>): { name: string } => ({ name: String(search.name ?? '') }),
    staticData: { title: 'Channel' },
    component: lazyRouteComponent(() => import('./ChannelPage'), 'ChannelPage'),
  }),
] as const;
