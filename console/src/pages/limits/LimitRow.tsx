import { Checkbox, Group, Progress, Text, TextInput } from '@mantine/core';
import { LIMIT_FIELDS, type LimitInput, type LimitName } from '@/limits/fields';
import { withUnit } from '@/limits/units';
import { RefusalCode } from '@/parts/RefusalCode';
import classes from './limits.module.css';
import type { Peak } from './peaks';

/** One limit with what was used of it; a field while it is edited. */
export function LimitRow(props: {
  name: LimitName;
  limit: number | null;
  /** What was used of it: undefined on its way, null not told of this one. */
  peak: Peak | undefined | null;
  input: LimitInput | null;
  fault: string | undefined;
  onChange: (input: LimitInput) => void;
}) {
  const { name, limit, peak, input } = props;
  const field = LIMIT_FIELDS[name];
  // The contract's null has another meaning for this one alone.
  const none = name === 'publishBurst' ? 'one second’s worth' : 'unlimited';
  return (
    <div className={classes.row}>
      <div className={classes.what}>
        <Text size="sm" fw={550}>
          {field.label}
        </Text>
        <Text size="xs" c="dimmed">
          {field.means}
          {field.code !== null && (
            <>
              {' '}
              <RefusalCode code={field.code} />
            </>
          )}
        </Text>
      </div>
      <div className={classes.used}>{peak !== null && <Used peak={peak} limit={limit} name={name} />}</div>
      <div className={classes.limit}>
        {input === null ? (
          <Text size="sm" fw={limit === null ? 400 : 600} c={limit === null ? 'dimmed' : undefined} className="tg-num">
            {limit === null ? none : withUnit(field.unit, limit)}
          </Text>
        ) : (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <TextInput
              w={150}
              aria-label={field.label}
              inputMode="numeric"
              disabled={input.unlimited}
              placeholder={input.unlimited ? none : ''}
              value={input.unlimited ? '' : input.text}
              error={props.fault}
              onChange={(event) => props.onChange({ unlimited: false, text: event.currentTarget.value })}
            />
            <Checkbox mt={8} label={none} checked={input.unlimited} onChange={(event) => props.onChange({ unlimited: event.currentTarget.checked, text: input.text })} />
          </Group>
        )}
      </div>
    </div>
  );
}

function Used({ peak, limit, name }: { peak: Peak | undefined; limit: number | null; name: LimitName }) {
  const share = limit === null ? null : limit === 0 ? 100 : Math.min(100, ((peak?.value ?? 0) / limit) * 100);
  const percent = share === null ? '' : `${Math.round(share)} %: `;
  return (
    <>
      {share !== null && (
        <Progress size="sm" mb={4} value={share} color={share >= 100 ? 'red' : share >= 80 ? 'yellow' : 'tide'} aria-label={`${LIMIT_FIELDS[name].label}: ${Math.round(share)} % used`} />
      )}
      <Text size="xs" c="dimmed" className="tg-num">
        {peak ? `${percent}${withUnit(LIMIT_FIELDS[name].unit, peak.value)} ${peak.of}` : '\u00a0'}
      </Text>
    </>
  );
}
