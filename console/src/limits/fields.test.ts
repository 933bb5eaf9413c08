import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { changedLimits, inputOf, LIMIT_FIELDS, LIMIT_GROUPS, LIMIT_NAMES, readLimit, type Limits } from './fields';

const unlimited = Object.fromEntries(LIMIT_NAMES.map((name) => [name, null])) as Limits;

test('TheFormHasEveryLimitOfTheContractOnce', () => {
  const contract = readFileSync('../openapi/openapi.yaml', 'utf8');
  const schema = /\n {4}TenantLimits:\n[^]*?properties:\n([^]*?)\n {4}\S/.exec(contract)?.[1] ?? '';
  const named = [...schema.matchAll(/^ {8}(\w+):/gm)].map((match) => match[1]);
  expect(named).toEqual([...LIMIT_NAMES]);
  expect(LIMIT_GROUPS.flatMap(({ limits }) => limits).sort()).toEqual([...LIMIT_NAMES].sort());
});

test('NullIsUnlimited', () => {
  expect(readLimit('connections', { unlimited: true, text: '7' })).toEqual({ value: null });
  expect(readLimit('connections', inputOf(null))).toEqual({ value: null });
  expect(readLimit('connections', inputOf(0))).toEqual({ value: 0 });
});

test('NumbersArePeoplesNumbersWithinTheContractsBounds', () => {
  const typed = (text: string) => ({ unlimited: false, text });
  expect(readLimit('connections', typed('10,000'))).toEqual({ value: 10_000 });
  expect(readLimit('maxMessageBytes', typed('65536'))).toEqual({ value: 65_536 });
  expect(readLimit('storedBytes', typed('5000000000'))).toEqual({ value: 5_000_000_000 });
  for (const text of ['', '-1', '1.5', 'many', '1e3']) expect(readLimit('connections', typed(text)), text).toHaveProperty('fault');
  expect(readLimit('maxMessageBytes', typed('65537'))).toHaveProperty('fault');
  expect(readLimit('maxBatchMessages', typed('0'))).toHaveProperty('fault');
});

test('OnlyWhatDiffersIsSent', () => {
  expect(changedLimits(unlimited, { ...unlimited, channels: 5 })).toEqual({ channels: 5 });
  expect(changedLimits({ ...unlimited, channels: 5 }, unlimited)).toEqual({ channels: null });
  expect(LIMIT_FIELDS.connections.code).toBe(42901);
});
