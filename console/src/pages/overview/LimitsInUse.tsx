import { useTenant } from '@/api/queries';
import { format } from '@/charts/format';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink } from '@/parts/links';
import { Panel } from '@/parts/Panel';
import { TableSkeleton } from '@/parts/Skeletons';
import { forecastWords, limitUses, type LimitUse } from './limit-use';
import classes from './Overview.module.css';
import { useTenantFigures } from './use-figures';
import { useDailyUsage } from './use-usage';

/** What the tenant uses of its limits, and when it would meet them. All its apps share them. */
export function LimitsInUse({ tenantId }: { tenantId: string }) {
  const tenant = useTenant(tenantId);
  const figures = useTenantFigures(tenantId);
  const usage = useDailyUsage(tenantId);
  return (
    <Panel
      title="Use of the limits"
      description={`All apps of ${tenant.name} share them.`}
      flush
      actions={
        <AnchorLink to="/tenants/$tenantId/limits" params={{ tenantId }} size="sm">
          Limits
        </AnchorLink>
      }
    >
      {usage.data ? (
        limitUses(tenant, figures.data?.now, usage.data.rows, usage.data.now).map((use) => <Use key={use.name} use={use} />)
      ) : usage.error ? (
        <ErrorView error={usage.error} reset={() => void usage.refetch()} />
      ) : (
        <TableSkeleton rows={5} columns={2} />
      )}
    </Panel>
  );
}

function Use({ use }: { use: LimitUse }) {
  const share = use.limit === null || use.used === null ? 0 : use.limit === 0 ? 1 : use.used / use.limit;
  return (
    <div className={classes.limit}>
      <div className={classes.limitHead}>
        <span>{use.name}</span>
        <span className="tg-num">
          {format(use.used, use.unit)} {use.limit === null ? <span style={{ color: 'var(--tg-dimmed)' }}>no limit</span> : `of ${format(use.limit, use.unit)}`}
        </span>
      </div>
      {use.limit !== null && (
        <div className={classes.bar} role="meter" aria-label={use.name} aria-valuemin={0} aria-valuemax={use.limit} aria-valuenow={Math.min(use.limit, use.used ?? 0)}>
          <span className={classes.fill} data-level={share >= 1 ? 'full' : share >= 0.8 ? 'high' : 'fine'} style={{ width: `${Math.min(100, share * 100)}%` }} />
        </div>
      )}
      <p className={classes.forecast}>{forecastWords(use, format)}</p>
    </div>
  );
}
