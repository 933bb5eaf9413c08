import { describe, expect, it } from 'vitest';
import { duration, format } from './format';
import { summary } from './summary';

describe('a number', () => {
  it.each([
    [0, 'count', '0'],
    [7, 'count', '7'],
    [999, 'count', '999'],
    [999.7, 'count', '1 k'],
    [1_234, 'count', '1.23 k'],
    [50_000, 'perSecond', '50 k/s'],
    [0.05, 'perSecond', '0.05/s'],
    [0.001, 'perSecond', '< 0.01/s'],
    [12.345, 'perSecond', '12.3/s'],
    [64_000, 'bytes', '64 kB'],
    [9_216_000, 'bytesPerSecond', '9.22 MB/s'],
    [0.87, 'milliseconds', '0.87 ms'],
    [61_000, 'milliseconds', '1 min 1 s'],
    [null, 'count', '–'],
    [undefined, 'bytes', '–'],
    [Number.NaN, 'count', '–'],
  ] as const)('%s as %s is %s', (value, unit, text) => {
    expect(format(value, unit)).toBe(text);
  });

  it.each([
    [5_900, '5 s'],
    [125_000, '2 min 5 s'],
    [3_600_000, '1 h'],
    [100_000_000, '1 d 3 h'],
  ])('of %s ms is %s long', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe('a chart in words', () => {
  it('tells the latest, the highest with its time, the mean, and how much is unknown', () => {
    const text = summary('Publishes', { times: [Date.UTC(2026, 4, 4, 9), Date.UTC(2026, 4, 4, 10), Date.UTC(2026, 4, 4, 11)], values: [2, 10, null] }, 'perSecond');
    expect(text).toMatch(/^Publishes: latest 10\/s, highest 10\/s at .*, mean 6\/s\. 1 of 3 points are unknown\.$/);
  });

  it('says so when there was nothing, or nothing is known', () => {
    expect(summary('Publishes', { times: [0, 1], values: [0, 0] }, 'count')).toBe('Publishes: 0 all the time.');
    expect(summary('Publishes', { times: [0], values: [null] }, 'count')).toContain('nothing is known');
  });
});
