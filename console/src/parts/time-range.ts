/** The spans that figures are shown for. */
export const TIME_RANGES = {
  '1h': { label: '1 h', words: 'the last hour', minutes: 60, unit: 'minute' },
  '6h': { label: '6 h', words: 'the last 6 hours', minutes: 360, unit: 'minute' },
  '24h': { label: '24 h', words: 'the last 24 hours', minutes: 1440, unit: 'minute' },
  '7d': { label: '7 d', words: 'the last 7 days', minutes: 10_080, unit: 'hour' },
  '30d': { label: '30 d', words: 'the last 30 days', minutes: 43_200, unit: 'hour' },
} as const;

export type TimeRangeName = keyof typeof TIME_RANGES;

export function isTimeRange(name: unknown): name is TimeRangeName {
  return typeof name === 'string' && name in TIME_RANGES;
}

/** For a page's `validateSearch`: the range in the URL, so that it survives a reload and can be sent to someone. */
export function timeRangeSearch(search: Record<string, unknown>): { range?: TimeRangeName } {
  return isTimeRange(search.range) ? { range: search.range } : {};
}
