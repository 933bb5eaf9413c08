import { Text } from '@mantine/core';
import { whole } from '@/charts/format';
import { refusalCodes } from '@/charts/series';
import { AnchorLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';
import { RefusalCode } from '@/parts/RefusalCode';
import { TableSkeleton } from '@/parts/Skeletons';
import classes from './Overview.module.css';
import type { UsageRead } from './use-usage';

const MOST = 8;

/** What was refused, by code; each leads to its row of the catalogue. */
export function RefusalCodes({ usage, words, appId }: { usage: UsageRead | undefined; words: string; appId?: string }) {
  const codes = usage && refusalCodes(usage.rows);
  const most = codes?.[0]?.count ?? 1;
  return (
    <Panel
      title="Refusals by code"
      description={`In ${words}.`}
      flush
      actions={
        appId !== undefined && (
          <AnchorLink to="/apps/$appId/refusals" params={{ appId }} size="sm">
            Each of them
          </AnchorLink>
        )
      }
    >
      {!codes ? (
        <TableSkeleton rows={3} columns={2} />
      ) : codes.length === 0 ? (
        <Text size="sm" c="dimmed" px={18} py={16}>
          Nothing was refused.
        </Text>
      ) : (
        <div style={{ padding: '8px 0' }}>
          {codes.slice(0, MOST).map(({ code, count }) => (
            <div key={code} className={classes.code}>
              <RefusalCode code={code} />
              <span className={classes.bar} aria-hidden>
                <span className={classes.fill} data-refusal style={{ width: `${(count / most) * 100}%` }} />
              </span>
              <span className={`tg-num ${classes.count}`}>{whole(count)}</span>
            </div>
          ))}
          {codes.length > MOST && (
            <Text size="xs" c="dimmed" px={18} py={6}>
              and {codes.length - MOST} more codes
            </Text>
          )}
        </div>
      )}
    </Panel>
  );
}
