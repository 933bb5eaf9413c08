import { expect, test } from 'vitest';
import { DEFAULT_RULES, namespaceNameFault, rulesOf } from './namespace';
import { changesOf, consequencesOf } from './namespace-diff';

test('AnEditIsTheFieldsThatDiffer', () => {
  const after = { ...DEFAULT_RULES, durability: 'durable' as const, presence: { ...DEFAULT_RULES.presence, graceSeconds: 30 } };
  expect(changesOf(DEFAULT_RULES, after)).toEqual([
    { field: 'durability', from: 'window', to: 'durable' },
    { field: 'presence.graceSeconds', from: '15', to: '30' },
  ]);
  expect(changesOf(DEFAULT_RULES, rulesOf(DEFAULT_RULES))).toEqual([]);
});

test('WhatIsLostForGoodIsADanger', () => {
  const durable = { ...DEFAULT_RULES, durability: 'durable' as const };
  expect(consequencesOf(durable, DEFAULT_RULES)[0]).toMatchObject({ weight: 'danger' });
  expect(consequencesOf(durable, { ...durable, retentionDays: 1 })).toEqual([
    { weight: 'danger', text: 'Messages older than one day are deleted for good.' },
  ]);
  expect(consequencesOf(DEFAULT_RULES, { ...DEFAULT_RULES, public: true })).toMatchObject([{ weight: 'danger' }]);
});

test('AnEditThatOnlyWidensSaysNothing', () => {
  const wider = { ...DEFAULT_RULES, window: { messages: 2000, seconds: 240 }, rewind: { messages: 200, seconds: 240 } };
  expect(consequencesOf(DEFAULT_RULES, wider)).toEqual([]);
});

test('RulesLeaveOutWhatAPutDoesNotTake', () => {
  const read = { ...DEFAULT_RULES, name: 'chat', effectiveAt: null, createdAt: 'x', updatedAt: 'y' };
  expect(rulesOf(read)).toEqual(DEFAULT_RULES);
});

test('NamespaceNamesAreWords', () => {
  expect(['chat', 'a-b_C', '9'].map(namespaceNameFault)).toEqual([null, null, null]);
  for (const name of ['', '-a', 'a b', 'é', 'a'.repeat(65)]) expect(namespaceNameFault(name)).not.toBeNull();
});
