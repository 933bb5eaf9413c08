import type { LiveFilter } from '@/live/filter';

/** The filter, and the channel that is watched, as the address has them; what is as it is without is left out. */
export interface LiveSearch {
  text?: string;
  channel?: string;
  client?: string;
  types?: string[];
  refusals?: boolean;
  watch?: string;
}

export function liveSearch(search: Record<string, unknown>): LiveSearch {
  // A name may be `12` or `true`, which the address bar reads as something else.
  const text = (name: string) => (['string', 'number', 'boolean'].includes(typeof search[name]) && search[name] !== '' ? { [name]: String(search[name]) } : {});
  const { types } = search;
  return {
    ...text('text'),
    ...text('channel'),
    ...text('client'),
    ...text('watch'),
    ...(Array.isArray(types) && types.length > 0 && { types: types.filter((type) => typeof type === 'string') }),
    ...(search.refusals === true && { refusals: true }),
  };
}

export function filterOf({ text = '', channel = '', client = '', types = [], refusals = false }: LiveSearch): LiveFilter {
  return { text, channel, client, types, refusalsOnly: refusals };
}

export function searchOf(filter: LiveFilter, watch: string): LiveSearch {
  return liveSearch({ ...filter, types: [...filter.types], refusals: filter.refusalsOnly, watch });
}
