import { describe, expect, it } from 'vitest';
import { daily, forecast, wholeDays } from './forecast';

describe('a forecast', () => {
  it('says that there is too little to go by', () => {
    expect(forecast([], 10)).toEqual({ kind: 'tooLittle', days: 0, needed: 3 });
    expect(forecast([null, null, null, null, null, 4, 5], 10)).toEqual({ kind: 'tooLittle', days: 2, needed: 3 });
  });

  it('goes on along the line, and says on which day it meets the limit', () => {
    const line = forecast([10, 20, 30, 40, 50, 60, 70], 100);
    expect(line).toMatchObject({ kind: 'line', days: 7, perDay: 10, reachesInDays: 3 });
    expect(line.kind === 'line' && line.at(1)).toBeCloseTo(80);
  });

  it('looks at the last seven days only', () => {
    expect(forecast([9_000, 1, 1, 1, 1, 1, 1, 1], 10)).toMatchObject({ perDay: 0, reachesInDays: null });
  });

  it('never says less than nothing, nor that a falling line meets a limit', () => {
    const line = forecast([70, 60, 50, 40, 30, 20, 10], 100);
    expect(line.kind === 'line' && line.at(30)).toBe(0);
    expect(line).toMatchObject({ reachesInDays: null });
  });

  it('is not led by days it does not know', () => {
    expect(forecast([null, null, 30, 40, null, 60, 70], 1_000)).toMatchObject({ days: 4, perDay: 10 });
  });

  it('says that the limit is reached already', () => {
    expect(forecast([90, 95, 100], 100)).toMatchObject({ reachesInDays: 0 });
  });

  it('has no day without a limit', () => {
    expect(forecast([1, 2, 3], null)).toMatchObject({ reachesInDays: null });
  });
});

describe('days', () => {
  const now = Date.parse('2026-05-08T13:00:00Z');

  it('are whole ones, the newest yesterday', () => {
    const days = wholeDays(now).map((day) => new Date(day).toISOString().slice(0, 10));
    expect(days).toEqual(['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05', '2026-05-06', '2026-05-07']);
  });

  it('in which nothing was used are zero, those before there was anything unknown', () => {
    const rows = [{ start: '2026-05-05T00:00:00.000Z', peak: 4 }];
    const values = daily(rows, now, Date.parse('2026-05-04T11:00:00Z'), (of) => of[0]?.peak ?? 0);
    expect(values).toEqual([null, null, null, 0, 4, 0, 0]);
  });
});
