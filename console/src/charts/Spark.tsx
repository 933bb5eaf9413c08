import classes from './Spark.module.css';
import type { Series } from './series';

const WIDTH = 120;
const HEIGHT = 28;

/** How a figure went, without numbers: beside one that has them. What is unknown is a gap. @param points that have room; the newest is at the right */
export function Spark({ series, color = 1, points }: { series: Series | undefined; color?: number; points: number }) {
  if (!series || series.values.length < 2) return <div className={classes.spark} aria-hidden />;
  const most = Math.max(1e-9, ...series.values.map((value) => value ?? 0));
  const step = WIDTH / (points - 1);
  const from = WIDTH - step * (series.values.length - 1);
  let path = '';
  let isDown = false;
  series.values.forEach((value, i) => {
    if (value !== null) path += `${isDown ? 'L' : 'M'}${(from + i * step).toFixed(1)} ${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`;
    isDown = value !== null;
  });
  return (
    <svg className={classes.spark} data-color={color} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
      <path d={path} />
    </svg>
  );
}
