import type { ConnectionState, Tidegate, TidegateError } from '@tidegate/sdk';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { RefusalError } from '@/api/refusal';
import { borrow } from './clients';

/** The app's connection while the page is shown; undefined until it is made. @throws Error when the SDK could not be loaded, for the page to say so */
export function useTidegate(appId: string): Tidegate | undefined {
  const [client, setClient] = useState<Tidegate>();
  const [failure, setFailure] = useState<{ readonly error: unknown }>();
  useEffect(() => {
    const borrowed = borrow(appId);
    let isGone = false;
    borrowed.client.then(
      (opened) => !isGone && setClient(opened),
      (error: unknown) => !isGone && setFailure({ error }),
    );
    return () => {
      isGone = true;
      setClient(undefined);
      borrowed.release();
    };
  }, [appId]);
  if (failure) throw failure.error;
  return client;
}

export function useConnectionState(client: Tidegate | undefined): ConnectionState {
  return useSyncExternalStore(
    (changed) => client?.connection.on(changed) ?? (() => undefined),
    () => client?.connection.state ?? 'initialized',
  );
}

/** What the SDK failed with, as the rest of the console shows refusals. */
export function asRefusal(error: TidegateError): RefusalError {
  return new RefusalError({
    type: error.docs ?? 'about:blank',
    title: error.status === 0 ? 'The gateway was not reached' : 'Refused',
    status: error.status,
    // Numbers of the SDK's own have no row in the catalogue.
    code: error.status === 0 ? 0 : error.code,
    detail: error.message,
    requestId: error.requestId ?? '',
  });
}
