import { Skeleton, Text } from '@mantine/core';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import classes from './Chart.module.css';
import { format, moment, type Unit } from './format';
import { dataOf, optionsOf, type Line } from './plot';
import { summary } from './summary';

export interface ChartProps {
  readonly title: string;
  readonly unit: Unit;
  /** At most six, over the same times. Undefined: on their way. */
  readonly lines: readonly Line[] | undefined;
  /** Charts of one group show the same moment together. */
  readonly group?: string;
  readonly height?: number;
  readonly note?: ReactNode;
  /** A level that must not be crossed, drawn as a dashed line. */
  readonly limit?: number | null;
}

/** Lines over time. Who sees it reads any moment with the pointer; who does not reads the same in words. */
export function Chart(props: ChartProps) {
  const { title, unit, lines, height = 180 } = props;
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  return (
    <figure className={classes.chart} aria-labelledby={`${id}t`} aria-describedby={`${id}s`}>
      <div className={classes.head}>
        <Text id={`${id}t`} component="figcaption" size="sm" fw={600}>
          {title}
        </Text>
        {props.note && (
          <Text size="xs" c="dimmed" component="div">
            {props.note}
          </Text>
        )}
      </div>
      {lines ? <Plot {...props} lines={lines} height={height} onMoment={setAt} /> : <Skeleton h={height} radius="sm" />}
      <Legend lines={lines ?? []} unit={unit} at={at} />
      <p id={`${id}s`} className="tg-unseen">
        {lines ? lines.map((line) => summary(line.name, line.series, unit)).join(' ') : 'Loading.'}
      </p>
    </figure>
  );
}

/** What each line is at the pointer, or was last. */
function Legend({ lines, unit, at }: { lines: readonly Line[]; unit: Unit; at: number | null }) {
  const times = lines[0]?.series.times ?? [];
  return (
    <div className={classes.legend} aria-hidden>
      {lines.map((line, i) => (
        <span key={line.name} className={classes.entry}>
          <span className={classes.key} data-color={(line.color ?? i) + 1} />
          {line.name}
          <b className="tg-num">{format(at === null ? latest(line) : line.series.values[at], unit)}</b>
        </span>
      ))}
      <span className={classes.when}>{at === null || times[at] === undefined ? '' : moment(times[at])}</span>
    </div>
  );
}

function latest({ series }: Line): number | null {
  for (let i = series.values.length - 1; i >= 0; i--) if (series.values[i] !== null) return series.values[i]!;
  return null;
}

function Plot(props: ChartProps & { lines: readonly Line[]; height: number; onMoment: (index: number | null) => void }) {
  const { lines, unit, group, height, onMoment, limit = null } = props;
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  // What makes it another chart; new values of the same lines do not.
  const shape = JSON.stringify([scheme, unit, group, height, limit !== null, lines.map(({ name, color, fill }) => [name, color, fill])]);
  const latestLines = useRef(lines);
  latestLines.current = lines;
  const latestLimit = useRef(limit);
  latestLimit.current = limit;

  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    let isGone = false;
    let resized: ResizeObserver | undefined;
    // Comes when the page is there already: the figures do not wait for their pictures.
    void import('uplot').then(({ default: UPlot }) => {
      if (isGone) return;
      const drawing = { lines: latestLines.current, unit, group, width: element.clientWidth, height, limit: latestLimit.current, styles: getComputedStyle(element), onMoment };
      const made = new UPlot(optionsOf(drawing), dataOf(latestLines.current, latestLimit.current), element);
      plot.current = made;
      resized = new ResizeObserver(() => {
        if (element.clientWidth > 0 && element.clientWidth !== made.width) made.setSize({ width: element.clientWidth, height });
      });
      resized.observe(element);
    });
    return () => {
      isGone = true;
      resized?.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `shape` is all of it
  }, [shape, onMoment]);

  useEffect(() => {
    plot.current?.setData(dataOf(lines, limit));
  }, [lines, limit]);

  return <div ref={root} className={classes.plot} style={{ height }} aria-hidden />;
}
