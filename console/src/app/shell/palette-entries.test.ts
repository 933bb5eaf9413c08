import { Box } from 'lucide-react';
import { expect, it } from 'vitest';
import { matching, type PaletteEntry } from './palette-entries';

const entry = (label: string, group: string, note?: string): PaletteEntry => ({ id: group + label, group, label, note, icon: Box, act: { run: () => undefined } });
const entries = [entry('Live', 'production'), entry('App settings', 'production'), entry('Deliver', 'Apps', '482913'), entry('Acme', 'Tenants', 'owner')];

it('what begins with the text stands before what only holds it', () => {
  expect(matching(entries, 'l').map((each) => each.label)).toEqual(['Live', 'Deliver']);
});

it('every word counts, in label, group or note', () => {
  expect(matching(entries, 'prod set').map((each) => each.label)).toEqual(['App settings']);
  expect(matching(entries, '4829').map((each) => each.label)).toEqual(['Deliver']);
  expect(matching(entries, 'owner xyz')).toEqual([]);
});
