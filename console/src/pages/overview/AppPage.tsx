import { getRouteApi } from '@tanstack/react-router';
import { useApp } from '@/api/queries';
import { appRoute } from '@/app/parents';
import { RANGES } from '@/charts/range';
import { ErrorView } from '@/parts/ErrorView';
import { PageHeader } from '@/parts/PageHeader';
import { TIME_RANGES } from '@/parts/time-range';
import { TimeRange } from '@/parts/TimeRange';
import { FigureTiles } from './FigureTiles';
import { FirstSteps } from './FirstSteps';
import { LimitsInUse } from './LimitsInUse';
import classes from './Overview.module.css';
import { RefusalCodes } from './RefusalCodes';
import { UsageCharts } from './UsageCharts';
import { useAppFigures } from './use-figures';
import { useDailyUsage, useUsage } from './use-usage';

const route = getRouteApi('/signed-in/apps/$appId/');

export function AppPage() {
  const { appId } = appRoute.useParams();
  const app = useApp(appId);
  const { range: name = '1h' } = route.useSearch();
  const navigate = route.useNavigate();
  const range = RANGES[name];
  const figures = useAppFigures(appId);
  const usage = useUsage(app.tenantId, appId, range);
  const days = useDailyUsage(app.tenantId);
  const isUnused = days.data !== undefined && !days.data.rows.some((row) => row.appId === appId) && figures.data?.now.connections === 0;
  const unread = usage.error && !usage.data ? <ErrorView error={usage.error} reset={() => void usage.refetch()} /> : null;
  return (
    <>
      <PageHeader title={app.name} actions={<TimeRange value={name} onChange={(next) => void navigate({ search: { range: next }, replace: true })} />} />
      {figures.error && !figures.data ? <ErrorView error={figures.error} reset={() => void figures.refetch()} /> : <FigureTiles figures={figures.data} />}
      {isUnused ? (
        <FirstSteps appId={appId} />
      ) : (
        <>
          {unread ?? <UsageCharts usage={usage.data} range={range} since={app.createdAt} group={`app-${appId}`} />}
          <div className={classes.pair}>
            {unread === null && <RefusalCodes usage={usage.data} words={TIME_RANGES[name].words} appId={appId} />}
            <LimitsInUse tenantId={app.tenantId} />
          </div>
        </>
      )}
    </>
  );
}
