import { Chart } from '@/charts/Chart';
import type { Range } from '@/charts/range';
import { latencies, peaks, rates, refusalsOf, type Known, type UsageRow } from '@/charts/series';
import { Panel } from '@/parts/Panel';
import classes from './Overview.module.css';
import type { UsageRead } from './use-usage';

/** How it went over the range that is chosen. @param since when it was made: before that nothing is known */
export function UsageCharts(props: { usage: UsageRead | undefined; range: Range; since?: string; group: string }) {
  const { usage, range, since, group } = props;
  const known: Known = { now: usage?.now ?? 0, ...(since !== undefined && { since: Date.parse(since) }) };
  const rows = usage?.rows ?? [];
  const rate = (value: (row: UsageRow) => number) => rates(rows, range, known, value);
  const lines = <L,>(made: () => L): L | undefined => (usage ? made() : undefined);
  return (
    <div className={classes.charts}>
      <Panel>
        <Chart
          title="Messages"
          unit="perSecond"
          group={group}
          lines={lines(() => [
            { name: 'Published', series: rate((row) => row.publishes), color: 0 },
            { name: 'Delivered', series: rate((row) => row.deliveries), color: 1, fill: false },
          ])}
        />
      </Panel>
      <Panel>
        <Chart title="Connections" unit="count" group={group} note="the most at a time" lines={lines(() => [{ name: 'Connections', series: peaks(rows, range, known, 'connectionsPeak'), color: 4 }])} />
      </Panel>
      <Panel>
        <Chart
          title="Bytes"
          unit="bytesPerSecond"
          group={group}
          lines={lines(() => [
            { name: 'Sent', series: rate((row) => row.bytesOut), color: 1 },
            { name: 'Received', series: rate((row) => row.bytesIn), color: 0, fill: false },
          ])}
        />
      </Panel>
      <Panel>
        <Chart
          title="Latency"
          unit="milliseconds"
          group={group}
          note="numbered to written, the worst of each step"
          lines={lines(() => [
            { name: 'p50', series: latencies(rows, range, known, 'p50'), color: 0, fill: false },
            { name: 'p95', series: latencies(rows, range, known, 'p95'), color: 1, fill: false },
            { name: 'p99', series: latencies(rows, range, known, 'p99'), color: 2, fill: false },
          ])}
        />
      </Panel>
      <Panel>
        <Chart title="Channels" unit="count" group={group} note="the most at a time" lines={lines(() => [{ name: 'Channels', series: peaks(rows, range, known, 'channelsPeak'), color: 5 }, { name: 'Members present', series: peaks(rows, range, known, 'membersPeak'), color: 2, fill: false }])} />
      </Panel>
      <Panel>
        <Chart title="Refusals" unit="perSecond" group={group} lines={lines(() => [{ name: 'Refused', series: rate(refusalsOf), color: 3 }])} />
      </Panel>
    </div>
  );
}
