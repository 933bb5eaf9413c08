import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorView } from './ErrorView';
import { PageSkeleton } from './Skeletons';

/** A page of what a query brings; before it is there a skeleton, or why it is not. */
export function Loaded<T>(props: { of: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>; children: (data: T) => ReactNode }) {
  const { data, error, refetch } = props.of;
  if (data !== undefined) return <>{props.children(data)}</>;
  return error ? <ErrorView error={error} reset={() => void refetch()} /> : <PageSkeleton />;
}
