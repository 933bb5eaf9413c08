import { SegmentedControl } from '@mantine/core';
import { isTimeRange, TIME_RANGES, type TimeRangeName } from './time-range';

export function TimeRange(props: { value: TimeRangeName; onChange: (range: TimeRangeName) => void }) {
  return (
    <SegmentedControl
      aria-label="Time range"
      value={props.value}
      onChange={(name) => {
        if (isTimeRange(name)) props.onChange(name);
      }}
      data={Object.entries(TIME_RANGES).map(([value, range]) => ({ value, label: range.label }))}
    />
  );
}
