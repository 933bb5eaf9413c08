import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '@/app/parents';
import { channelSearch, channelsSearch } from './search';

export const channelRoutes = [
  createRoute({
    getParentRoute: () => appRoute,
    path: 'channels',
    validateSearch: channelsSearch,
    staticData: { title: 'Channels' },
    component: lazyRouteComponent(() => import('./ChannelsPage'), 'ChannelsPage'),
  }),
  createRoute({
    getParentRoute: () => appRoute,
    path: 'channels/view',
    validateSearch: channelSearch,
    staticData: { title: 'Channel' },
    component: lazyRouteComponent(() => import('./ChannelPage'), 'ChannelPage'),
  }),
] as const;
