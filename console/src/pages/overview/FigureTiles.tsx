import { SimpleGrid } from '@mantine/core';
import { Spark } from '@/charts/Spark';
import { format, type Unit } from '@/charts/format';
import { StatTile } from '@/parts/StatTile';
import { SAMPLES, seriesOf, type Figures, type Sampled } from './use-figures';

interface Tile {
  readonly label: string;
  readonly unit: Unit;
  readonly hint: (figures: Figures) => string;
  readonly value: (figures: Figures) => number | null;
  readonly color: number;
}

const TILES: readonly Tile[] = [
  { label: 'Connections', unit: 'count', value: (f) => f.connections, hint: (f) => `${format(f.channels, 'count')} ${f.channels === 1 ? 'channel' : 'channels'} in use`, color: 5 },
  { label: 'Publishes', unit: 'perSecond', value: (f) => f.publishesPerSecond, hint: (f) => `${format(f.bytesInPerSecond, 'bytesPerSecond')} in`, color: 1 },
  { label: 'Deliveries', unit: 'perSecond', value: (f) => f.deliveriesPerSecond, hint: (f) => `${fanOut(f)} per publish`, color: 2 },
  { label: 'Sent', unit: 'bytesPerSecond', value: (f) => f.bytesOutPerSecond, hint: () => 'messages as JSON', color: 2 },
  { label: 'Latency, p99', unit: 'milliseconds', value: (f) => f.latencyMs?.p99 ?? null, hint: (f) => (f.latencyMs ? `p50 ${format(f.latencyMs.p50, 'milliseconds')}` : 'nothing delivered'), color: 3 },
  { label: 'Refusals', unit: 'perSecond', value: (f) => f.refusalsPerSecond, hint: () => 'of the last seconds', color: 4 },
];

function fanOut({ publishesPerSecond, deliveriesPerSecond }: Figures): string {
  return publishesPerSecond > 0 ? format(deliveriesPerSecond / publishesPerSecond, 'count') : '0';
}

/** What goes on now, each figure with its last two minutes. */
export function FigureTiles({ figures }: { figures: Sampled<Figures> | undefined }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 6 }} spacing="md" mb="md">
      {TILES.map(({ label, unit, value, hint, color }) => (
        <StatTile key={label} label={label} value={figures && format(value(figures.now), unit)} hint={figures ? hint(figures.now) : ' '} spark={<Spark series={seriesOf(figures, value)} color={color} points={SAMPLES} />} />
      ))}
    </SimpleGrid>
  );
}
