import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, take, type Schema } from './client';
import { Code, RefusalError } from './refusal';

export type Role = Schema<'Role'>;
/** Who is signed in, and what they are where. */
export type Session = Schema<'Session'>;

/** Null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      return await take(api.GET('/v1/session'));
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
export const ROLES: readonly Role[] = ['owner', 'admin', 'developer', 'viewer'];

/** What each role may, in a line. */
export const ROLE_WORDS: Record<Role, string> = {
  owner: 'Everything, members and deletion too',
  admin: 'Apps, keys, namespaces, webhooks, control tokens',
  developer: 'Reads all, publishes and debugs; no secrets, no deletes',
  viewer: 'Reads',
};

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
