export const CHANNEL_TABS = ['messages', 'live', 'subscribers', 'presence', 'rules'] as const;
export type ChannelTab = (typeof CHANNEL_TABS)[number];

export interface ChannelSearch {
  name: string;
  tab?: ChannelTab;
  /** A time to read from on, in milliseconds; the newest first when absent. */
  at?: number;
}

/** A channel's name is anything, `12` and `true` too, which the address bar reads as something else. */
export function channelSearch(search: Record<string, unknown>): ChannelSearch {
  const { name, tab, at } = search;
  return {
    name: typeof name === 'string' ? name : name === undefined ? '' : String(name),
    ...(CHANNEL_TABS.some((known) => known === tab) && { tab: tab as ChannelTab }),
    ...(typeof at === 'number' && Number.isFinite(at) && at > 0 && { at }),
  };
}

export function channelsSearch(search: Record<string, unknown>): { prefix?: string } {
  const { prefix } = search;
  return prefix === undefined || prefix === '' ? {} : { prefix: String(prefix) };
}
