import type { Schema } from '@/api/client';
import type { UsageRow } from '@/charts/series';

export interface AppUse {
  readonly id: string;
  /** Null: it is deleted, and its use is still told. */
  readonly name: string | null;
  readonly publishes: number;
  readonly deliveries: number;
  readonly connectionsPeak: number;
  readonly refusals: number;
}

/** All apps of a tenant, those used most first; an app that did nothing is there with nothing. */
export function appsByUse(apps: readonly Schema<'App'>[], rows: readonly UsageRow[]): readonly AppUse[] {
  const uses = new Map<string, AppUse>(apps.map(({ id, name }) => [id, { id, name, publishes: 0, deliveries: 0, connectionsPeak: 0, refusals: 0 }]));
  for (const row of rows) {
    const use = uses.get(row.appId) ?? { id: row.appId, name: null, publishes: 0, deliveries: 0, connectionsPeak: 0, refusals: 0 };
    uses.set(row.appId, {
      ...use,
      publishes: use.publishes + row.publishes,
      deliveries: use.deliveries + row.deliveries,
      connectionsPeak: Math.max(use.connectionsPeak, row.connectionsPeak),
      refusals: use.refusals + Object.values(row.refusals).reduce((sum, count) => sum + count, 0),
    });
  }
  return [...uses.values()].sort((a, b) => b.deliveries - a.deliveries || b.publishes - a.publishes || (a.name ?? '').localeCompare(b.name ?? ''));
}
