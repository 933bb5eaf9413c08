import { api, take, type Schema } from '@/api/client';
import { useSampled, type Figures } from './use-figures';

export type Node = Schema<'Node'>;

export interface Nodes {
  readonly nodes: readonly Node[];
  /** Of all that are live together. */
  readonly figures: Figures;
}

/** For operators. */
export function useNodes() {
  return useSampled(['nodes'], async (): Promise<Nodes> => {
    const nodes = (await take(api.GET('/v1/nodes'))).items;
    return { nodes, figures: together(nodes) };
  });
}

/** What nodes do adds up; of their latencies, which do not, the worst is told. */
export function together(nodes: readonly Node[]): Figures {
  const told = nodes.flatMap(({ live, figures }) => (live && figures ? [figures] : []));
  const sum = (value: (figures: NonNullable<Node['figures']>) => number): number => told.reduce((total, figures) => total + value(figures), 0);
  const latencies = told.flatMap(({ latencyMs }) => (latencyMs ? [latencyMs] : []));
  const worst = (percentile: 'p50' | 'p95' | 'p99'): number => Math.max(...latencies.map((latency) => latency[percentile]));
  return {
    connections: nodes.reduce((total, { live, connections }) => total + (live ? connections : 0), 0),
    channels: sum(({ channels }) => channels),
    publishesPerSecond: sum(({ publishesPerSecond }) => publishesPerSecond),
    deliveriesPerSecond: sum(({ deliveriesPerSecond }) => deliveriesPerSecond),
    bytesInPerSecond: sum(({ bytesInPerSecond }) => bytesInPerSecond),
    bytesOutPerSecond: sum(({ bytesOutPerSecond }) => bytesOutPerSecond),
    refusalsPerSecond: sum(({ refusalsPerSecond }) => refusalsPerSecond),
    latencyMs: latencies.length === 0 ? null : { p50: worst('p50'), p95: worst('p95'), p99: worst('p99') },
    at: told.map(({ at }) => at).sort().at(-1) ?? '',
  };
}
