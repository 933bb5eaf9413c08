import { Text } from '@mantine/core';
import { Chart } from '@/charts/Chart';
import type { Range } from '@/charts/range';
import { latencies, peaks, rates, refusalsOf, type Gauge, type Known, type Series, type UsageRow } from '@/charts/series';
import { Panel } from '@/parts/Panel';
import classes from './Overview.module.css';
import type { UsageRead } from './use-usage';

/** How it went over the range that is chosen. @param since when it was made: before that nothing is known */
export function UsageCharts(props: { usage: UsageRead | undefined; range: Range; since?: string; group: string }) {
  const { usage, range, since, group } = props;
  const read = (of: (rows: readonly UsageRow[], known: Known) => Series): Series | undefined => usage && of(usage.rows, { now: usage.now, since: since === undefined ? undefined : Date.parse(since) });
  const rate = (value: (row: UsageRow) => number): Series | undefined => read((rows, known) => rates(rows, range, known, value));
  const peak = (gauge: Gauge): Series | undefined => read((rows, known) => peaks(rows, range, known, gauge));
  const latency = (percentile: 'p50' | 'p95' | 'p99'): Series | undefined => read((rows, known) => latencies(rows, range, known, percentile));
  return (
    <>
      {usage?.cut && (
        <Text size="sm" c="dimmed" mb="sm">
          There is more than is read for one page: the charts end early. Choose a longer range, which is read in larger steps, or look at less at a time.
        </Text>
      )}
      <div className={classes.charts}>
        <Panel>
          <Chart
            title="Messages"
            unit="perSecond"
            group={group}
            lines={[
              { name: 'Published', series: rate((row) => row.publishes), color: 0 },
              { name: 'Delivered', series: rate((row) => row.deliveries), color: 1, fill: false },
            ]}
          />
        </Panel>
        <Panel>
          <Chart title="Connections" unit="count" group={group} note="the most at a time" lines={[{ name: 'Connections', series: peak('connectionsPeak'), color: 4 }]} />
        </Panel>
        <Panel>
          <Chart
            title="Bytes"
            unit="bytesPerSecond"
            group={group}
            lines={[
              { name: 'Sent', series: rate((row) => row.bytesOut), color: 1 },
              { name: 'Received', series: rate((row) => row.bytesIn), color: 0, fill: false },
            ]}
          />
        </Panel>
        <Panel>
          <Chart
            title="Latency"
            unit="milliseconds"
            group={group}
            note="numbered to written, the worst of each step"
            lines={[
              { name: 'p50', series: latency('p50'), color: 0, fill: false },
              { name: 'p95', series: latency('p95'), color: 1, fill: false },
              { name: 'p99', series: latency('p99'), color: 2, fill: false },
            ]}
          />
        </Panel>
        <Panel>
          <Chart
            title="Channels"
            unit="count"
            group={group}
            note="the most at a time"
            lines={[
              { name: 'Channels', series: peak('channelsPeak'), color: 5 },
              { name: 'Members present', series: peak('membersPeak'), color: 2, fill: false },
            ]}
          />
        </Panel>
        <Panel>
          <Chart title="Refusals" unit="perSecond" group={group} lines={[{ name: 'Refused', series: rate(refusalsOf), color: 3 }]} />
        </Panel>
      </div>
    </>
  );
}
