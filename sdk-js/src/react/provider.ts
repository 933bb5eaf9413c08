import { createContext, createElement, useContext, useEffect, useMemo, useRef, type ReactElement, type ReactNode } from 'react';
import type { Tidegate } from '../index.js';
import { Stores } from './stores.js';

export interface TidegateProviderProps {
  /** Made, and closed, by the application: it outlives every component. */
  readonly client: Tidegate;
  readonly children?: ReactNode;
}

const Context = createContext<Stores | undefined>(undefined);

/** Gives the hooks below it their client. */
export function TidegateProvider({ client, children }: TidegateProviderProps): ReactElement {
  const stores = useMemo(() => new Stores(client), [client]);
  return createElement(Context.Provider, { value: stores }, children);
}

/** The client of the nearest {@link TidegateProvider}. */
export function useTidegate(): Tidegate {
  return useStores().client;
}

export function useStores(): Stores {
  const stores = useContext(Context);
  if (!stores) {
    throw new Error('Tidegate: this hook needs a <TidegateProvider client={…}> above it');
  }
  return stores;
}

/** A function that never changes and calls the newest one given: callbacks need not be memoized. */
export function useLatest<A extends unknown[]>(callback: ((...args: A) => void) | undefined): (...args: A) => void {
  const latest = useRef(callback);
  useEffect(() => {
    latest.current = callback;
  });
  return useRef((...args: A) => latest.current?.(...args)).current;
}
