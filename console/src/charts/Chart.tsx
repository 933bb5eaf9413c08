import { Skeleton, Text, useComputedColorScheme } from '@mantine/core';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import classes from './Chart.module.css';
import { format, moment, type Unit } from './format';
import { dataOf, optionsOf, type Line } from './plot';
import { summary } from './summary';

const HEIGHT = 180;

interface ChartProps {
  readonly title: string;
  readonly unit: Unit;
  /** At most six, over the same times. */
  readonly lines: readonly Line[];
  /** Charts of one group show the same moment together. */
  readonly group?: string;
  readonly note?: ReactNode;
}

/** Lines over time. Who sees it reads any moment with the pointer; who does not reads the same in words. */
export function Chart(props: ChartProps) {
  const { title, unit, lines, group } = props;
  const id = useId();
  const [at, setAt] = useState<number | null>(null);
  const isThere = lines.every(({ series }) => series !== undefined);
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
      {isThere ? <Plot unit={unit} group={group} lines={lines} onMoment={setAt} /> : <Skeleton h={HEIGHT} radius="sm" />}
      <Legend lines={lines} unit={unit} at={at} />
      <p id={`${id}s`} className="tg-unseen">
        {isThere ? lines.map(({ name, series }) => series && summary(name, series, unit)).join(' ') : 'Loading.'}
      </p>
    </figure>
  );
}

/** What each line is at the pointer, or was last. */
function Legend({ lines, unit, at }: { lines: readonly Line[]; unit: Unit; at: number | null }) {
  const time = at === null ? undefined : lines[0]?.series?.times[at];
  return (
    <div className={classes.legend} aria-hidden>
      {lines.map((line, i) => (
        <span key={line.name} className={classes.entry}>
          <span className={classes.key} data-color={(line.color ?? i) + 1} />
          {line.name}
          <b className="tg-num">{format(at === null ? latest(line) : line.series?.values[at], unit)}</b>
        </span>
      ))}
      <span className={classes.when}>{time === undefined ? '' : moment(time)}</span>
    </div>
  );
}

function latest({ series }: Line): number | null {
  const values = series?.values ?? [];
  for (let i = values.length - 1; i >= 0; i--) if (values[i] !== null) return values[i]!;
  return null;
}

function Plot(props: Pick<ChartProps, 'unit' | 'group' | 'lines'> & { onMoment: (index: number | null) => void }) {
  const { lines, unit, group, onMoment } = props;
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const root = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [isMissing, setMissing] = useState(false);
  // What makes it another chart; new values of the same lines do not.
  const shape = JSON.stringify([scheme, unit, group, lines.map(({ name, color, fill }) => [name, color, fill])]);
  const latestLines = useRef(lines);
  latestLines.current = lines;

  useEffect(() => {
    const element = root.current;
    if (!element) return undefined;
    let isGone = false;
    let resized: ResizeObserver | undefined;
    // Comes when the page is there already: the figures do not wait for their pictures.
    import('uplot').then(
      ({ default: UPlot }) => {
        if (isGone) return;
        const drawing = { lines: latestLines.current, unit, group, width: element.clientWidth, height: HEIGHT, styles: getComputedStyle(element), onMoment };
        const made = new UPlot(optionsOf(drawing), dataOf(latestLines.current), element);
        plot.current = made;
        resized = new ResizeObserver(() => {
          if (element.clientWidth > 0 && element.clientWidth !== made.width) made.setSize({ width: element.clientWidth, height: HEIGHT });
        });
        resized.observe(element);
      },
      () => setMissing(true),
    );
    return () => {
      isGone = true;
      resized?.disconnect();
      plot.current?.destroy();
      plot.current = undefined;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `shape` is all of it
  }, [shape, onMoment]);

  useEffect(() => {
    plot.current?.setData(dataOf(lines));
  }, [lines]);

  if (isMissing) {
    return (
      <Text size="sm" c="dimmed" className={classes.plot} style={{ height: HEIGHT }}>
        What draws charts could not be loaded. Below is what was last; load the page anew to see how it went.
      </Text>
    );
  }
  return <div ref={root} className={classes.plot} style={{ height: HEIGHT }} aria-hidden />;
}
