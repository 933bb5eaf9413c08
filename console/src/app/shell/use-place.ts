import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { appQuery, tenantQuery } from '@/api/queries';
import type { Schema } from '@/api/client';

/** Where the person is: in an app (and so in its tenant), in a tenant, or in neither. Undefined also while it is on its way. */
export interface Place {
  tenantId: string | undefined;
  tenant: Schema<'Tenant'> | undefined;
  appId: string | undefined;
  app: Schema<'App'> | undefined;
  /** Some of it is still to come; false also when it never will, which the page says. */
  isOnItsWay: boolean;
}

export function usePlace(): Place {
  const params = useParams({ strict: false });
  const appId = params.appId;
  const app = useQuery({ ...appQuery(appId ?? ''), enabled: appId !== undefined });
  const tenantId = params.tenantId ?? (appId === undefined ? undefined : app.data?.tenantId);
  const tenant = useQuery({ ...tenantQuery(tenantId ?? ''), enabled: tenantId !== undefined });
  const isOnItsWay = (appId !== undefined && app.isPending) || (tenantId !== undefined && tenant.isPending);
  return { tenantId, tenant: tenant.data, appId, app: app.data, isOnItsWay };
}
