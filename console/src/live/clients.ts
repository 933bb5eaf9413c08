import type { Tidegate } from '@tidegate/sdk';
import { appTokens } from '@/api/app-token';

/** A page that is left for another of the same app finds the connection still there. */
const LINGER_MS = 3_000;

interface Held {
  /** The SDK comes when the page is there already. */
  readonly client: Promise<Tidegate>;
  users: number;
  closing?: ReturnType<typeof setTimeout>;
}

const held = new Map<string, Held>();

/** One connection for each app that is looked at, shared by all that look; with a token of five minutes that is renewed by itself. */
export function borrow(appId: string): { readonly client: Promise<Tidegate>; readonly release: () => void } {
  const one = held.get(appId) ?? open(appId);
  clearTimeout(one.closing);
  one.users++;
  return {
    client: one.client,
    release: () => {
      if (--one.users > 0) return;
      one.closing = setTimeout(() => {
        held.delete(appId);
        void one.client.then((client) => client.close(), () => undefined);
      }, LINGER_MS);
    },
  };
}

function open(appId: string): Held {
  const client = import('@tidegate/sdk').then((sdk) => new sdk.Tidegate({ url: location.origin, token: () => appTokens.tokenFor(appId) }));
  const one = { client, users: 0 };
  held.set(appId, one);
  // Whoever borrowed it is told; the next one asks anew.
  client.catch(() => held.delete(appId));
  return one;
}
