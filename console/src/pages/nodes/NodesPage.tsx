import { NodesTable } from '@/pages/overview/NodesTable';
import { useNodes } from '@/pages/overview/use-nodes';
import { PageHeader } from '@/parts/PageHeader';
import { Panel } from '@/parts/Panel';

export function NodesPage() {
  const nodes = useNodes();
  return (
    <>
      <PageHeader title="Nodes" description="The processes that this gateway is made of, with what each does now; those gone within the last hour too." />
      <Panel flush>
        <NodesTable nodes={nodes.data?.now.nodes} error={nodes.error} onRetry={() => void nodes.refetch()} />
      </Panel>
    </>
  );
}
