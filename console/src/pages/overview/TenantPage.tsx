import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { appsQuery, useTenant } from '@/api/queries';
import { tenantRoute } from '@/app/parents';
import { coarse, RANGES } from '@/charts/range';
import { ErrorView } from '@/parts/ErrorView';
import { PageHeader } from '@/parts/PageHeader';
import { TIME_RANGES } from '@/parts/time-range';
import { TimeRange } from '@/parts/TimeRange';
import { AppsByUse } from './AppsByUse';
import { FigureTiles } from './FigureTiles';
import { LimitsInUse } from './LimitsInUse';
import classes from './Overview.module.css';
import { RefusalCodes } from './RefusalCodes';
import { UsageCharts } from './UsageCharts';
import { useTenantFigures } from './use-figures';
import { useUsage } from './use-usage';

const route = getRouteApi('/signed-in/tenants/$tenantId/');

export function TenantPage() {
  const { tenantId } = tenantRoute.useParams();
  const tenant = useTenant(tenantId);
  const { range: name = '24h' } = route.useSearch();
  const navigate = route.useNavigate();
  const range = coarse(RANGES[name]);
  const figures = useTenantFigures(tenantId);
  const usage = useUsage(tenantId, undefined, range);
  const apps = useQuery(appsQuery(tenantId));
  const isListed = apps.error !== null || (apps.data !== undefined && usage.data !== undefined);
  const { words } = TIME_RANGES[name];
  const unread = usage.error && !usage.data ? <ErrorView error={usage.error} reset={() => void usage.refetch()} /> : null;
  return (
    <>
      <PageHeader title={tenant.name} description="All apps of this tenant together." actions={<TimeRange value={name} onChange={(next) => void navigate({ search: { range: next }, replace: true })} />} />
      {figures.error && !figures.data ? <ErrorView error={figures.error} reset={() => void figures.refetch()} /> : <FigureTiles figures={figures.data} />}
      {unread ?? (
        <>
          <UsageCharts usage={usage.data} range={range} since={tenant.createdAt} group={`tenant-${tenantId}`} />
          <div style={{ marginBlock: 16 }}>
            <AppsByUse tenantId={tenantId} apps={apps} usage={usage.data} words={words} />
          </div>
        </>
      )}
      {/* Below a list: where they stand is known with its length. */}
      {(isListed || unread) && (
        <div className={classes.pair}>
          {unread === null && <RefusalCodes usage={usage.data} words={words} />}
          <LimitsInUse tenantId={tenantId} />
        </div>
      )}
    </>
  );
}
