import { Badge } from '@mantine/core';

/** Whose a connection is. */
export function ClientCell({ of }: { of: { readonly clientId?: string | undefined; readonly console: boolean } }) {
  if (of.console) return <Badge>the console</Badge>;
  if (of.clientId === undefined) return <span style={{ color: 'var(--tg-dimmed)' }}>anonymous</span>;
  return <span style={{ overflowWrap: 'anywhere', unicodeBidi: 'isolate' }}>{of.clientId}</span>;
}
