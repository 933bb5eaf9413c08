import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
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
    beforeLoad: ({ params, search }) => {
      if (search.name === '') throw redirect({ to: '/apps/$appId/channels', params, replace: true });
    },
    component: lazyRouteComponent(() => import('./ChannelPage'), 'ChannelPage'),
  }),
] as const;
