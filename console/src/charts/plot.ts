import type uPlot from 'uplot';
import { format, type Unit } from './format';
import { DAY, HOUR } from './range';
import type { Series } from './series';

export interface Line {
  readonly name: string;
  /** Undefined: on its way. */
  readonly series: Series | undefined;
  /** 0 to 5 of the theme's colours; its place among the lines when absent. */
  readonly color?: number;
  /** Whether the space below it is filled; the first line's is when absent. */
  readonly fill?: boolean;
}

export interface Drawing {
  readonly lines: readonly Line[];
  readonly unit: Unit;
  readonly group?: string | undefined;
  readonly width: number;
  readonly height: number;
  /** Of the element it is drawn in: the theme's colours and fonts. */
  readonly styles: CSSStyleDeclaration;
  readonly onMoment: (index: number | null) => void;
}

export function dataOf(lines: readonly Line[]): uPlot.AlignedData {
  const times = (lines[0]?.series?.times ?? []).map((ms) => ms / 1000);
  return [times, ...lines.map(({ series }) => (series?.values ?? []) as (number | null)[])];
}

export function optionsOf(drawing: Drawing): uPlot.Options {
  const { lines, unit, group, width, height, styles, onMoment } = drawing;
  const color = (name: string): string => styles.getPropertyValue(name).trim();
  const font = `11px ${color('--mantine-font-family') || 'sans-serif'}`;
  const axis = { stroke: color('--tg-dimmed'), font, ticks: { show: false }, grid: { stroke: color('--tg-line'), width: 1 } };
  return {
    width,
    height,
    legend: { show: false },
    padding: [10, 6, 0, 0],
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 7 },
      ...(group !== undefined && { sync: { key: group, setSeries: false } }),
    },
    hooks: { setCursor: [({ cursor }) => onMoment(cursor.idx ?? null)] },
    scales: { y: { range: (_, __, most) => [0, headroom(most, unit)] } },
    axes: [
      { ...axis, grid: { show: false }, space: 64, size: 26, gap: 6, values: (self, splits) => splits.map((seconds) => tick(seconds * 1000, spanOf(self))) },
      { ...axis, size: 58, space: 34, values: (_, splits) => splits.map((value) => format(value, unit)) },
    ],
    series: [
      {},
      ...lines.map((line, i): uPlot.Series => {
        const stroke = color(`--tg-chart-${(line.color ?? i) + 1}`);
        const fill = line.fill ?? i === 0;
        return { label: line.name, stroke, width: 1.75, spanGaps: false, points: { show: lonely, size: 5 }, ...(fill && { fill: `${stroke}1f` }) };
      }),
    ],
  };
}

/** A value between two that are unknown has no line: it is a point. */
function lonely(self: uPlot, seriesIndex: number, from: number, to: number): boolean {
  const values = self.data[seriesIndex] ?? [];
  for (let i = from; i <= to; i++) {
    if (values[i] !== null && values[i] !== undefined && (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null) return true;
  }
  return false;
}

/** Of nothing but zeros there is a line at the bottom, not in the middle; of counts no half ones are marked. */
function headroom(most: number, unit: Unit): number {
  if (!Number.isFinite(most) || most <= 0) return unit === 'count' ? 4 : 1;
  return unit === 'count' ? Math.max(4, most * 1.1) : most * 1.1;
}

function spanOf(self: uPlot): number {
  const times = self.data[0];
  return ((times[times.length - 1] ?? 0) - (times[0] ?? 0)) * 1000;
}

function tick(ms: number, span: number): string {
  const at = new Date(ms);
  if (span > 2 * DAY) return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  const time = at.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return span < 5 * 60_000 ? at.toLocaleTimeString('en-GB') : span > 12 * HOUR && time === '00:00' ? at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' }) : time;
}
