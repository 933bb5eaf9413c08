import { getRouteApi } from '@tanstack/react-router';
import { useSession } from '@/api/session';
import { coarse, RANGES } from '@/charts/range';
import { ErrorView } from '@/parts/ErrorView';
import { AnchorLink } from '@/parts/links';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';
import { TIME_RANGES } from '@/parts/time-range';
import { TimeRange } from '@/parts/TimeRange';
import { FigureTiles } from './FigureTiles';
import { NodesTable } from './NodesTable';
import classes from './Overview.module.css';
import { RefusalCodes } from './RefusalCodes';
import { TenantsByUse } from './TenantsByUse';
import { UsageCharts } from './UsageCharts';
import { useNodes } from './use-nodes';
import { allTogether, useTenantsUse } from './use-tenants-use';

const route = getRouteApi('/signed-in/');

/** What is under way in all that the person may see: for operators the installation. */
export function HomePage() {
  const { operator } = useSession().account;
  const { range: name = '24h' } = route.useSearch();
  const navigate = route.useNavigate();
  const use = useTenantsUse(name);
  const usage = allTogether(use.tenants);
  const { words } = TIME_RANGES[name];
  return (
    <>
      <PageHeader
        title="Overview"
        description={operator ? 'The whole installation.' : 'All tenants that you are a member of.'}
        actions={<TimeRange value={name} onChange={(next) => void navigate({ search: { range: next }, replace: true })} />}
      />
      {operator && <Installation />}
      <div style={{ marginBottom: 16 }}>
        <TenantsByUse use={use} words={words} />
      </div>
      {/* Below a list: where they stand is known with its length. */}
      {use.tenants !== undefined && use.tenants.length > 0 && (
        <>
          <UsageCharts usage={usage} range={coarse(RANGES[name])} group="home" />
          <div className={classes.pair}>
            <RefusalCodes usage={usage} words={words} />
          </div>
        </>
      )}
    </>
  );
}

function Installation() {
  const nodes = useNodes();
  if (nodes.error && !nodes.data) return <ErrorView error={nodes.error} reset={() => void nodes.refetch()} />;
  const sampled = nodes.data && { now: nodes.data.now.figures, samples: nodes.data.samples.map(({ figures }) => figures) };
  return (
    <>
      <FigureTiles figures={sampled} />
      <div style={{ marginBottom: 16 }}>
        <Panel
          title="Nodes"
          flush
          actions={
            <AnchorLink to="/nodes" size="sm">
              All of them
            </AnchorLink>
          }
        >
          <NodesTable nodes={nodes.data?.now.nodes.filter(({ live }) => live)} error={nodes.error} onRetry={() => void nodes.refetch()} />
        </Panel>
      </div>
    </>
  );
}
