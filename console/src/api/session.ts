import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { CONSOLE_HEADER } from './client';
import { Code, RefusalError, refusalOf, unreachable } from './refusal';

export type Role = 'owner' | 'admin' | 'developer' | 'viewer';

export interface Membership {
  tenantId: string;
  tenantName: string;
  role: Role;
}

/** Who is signed in. */
export interface Session {
  account: { id: string; email: string | null; name: string; operator: boolean; hasPassword: boolean; secondFactor: boolean };
  memberships: Membership[];
  createdAt: string;
  idleExpiresAt: string;
  expiresAt: string;
}

/** A request with the session's cookie. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...CONSOLE_HEADER },
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((error: unknown) => {
    throw unreachable(error);
  });
  if (!response.ok) throw await refusalOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await call<Session>('GET', '/v1/session');
    } catch (error) {
      if (error instanceof RefusalError && error.code === Code.credentialMissing) return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** The session; only on pages behind sign-in, where there is one. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  if (data === null) throw new Error('This page is shown to those signed in only.');
  return data;
}

/** From most to least. An operator may what an owner may, in every tenant. */
const ROLES: readonly Role[] = ['owner', 'admin', 'developer', 'viewer'];

/** What the person is in a tenant; undefined: nothing. */
export function roleIn(session: Session, tenantId: string): Role | 'operator' | undefined {
  if (session.account.operator) return 'operator';
  return session.memberships.find((membership) => membership.tenantId === tenantId)?.role;
}

/** Whether a role reaches another: `reaches('admin', 'developer')`. The server decides; this hides what would be refused. */
export function reaches(role: Role | 'operator' | undefined, needed: Role): boolean {
  if (role === undefined) return false;
  return role === 'operator' || ROLES.indexOf(role) <= ROLES.indexOf(needed);
}

/** `useRole(tenantId)('admin')`: may the person do here what an admin may? */
export function useRole(tenantId: string | undefined): (needed: Role) => boolean {
  const session = useSession();
  return (needed) => tenantId !== undefined && reaches(roleIn(session, tenantId), needed);
}
