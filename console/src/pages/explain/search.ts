import { isOperation, type Operation } from '@/rules/operations';

/** What of a question may stand in an address: never a credential. */
export interface QuestionSearch {
  readonly keyId?: string;
  readonly operation?: Operation;
  readonly channel?: string;
  readonly clientId?: string;
  readonly origin?: string;
}

export function questionSearch(search: Record<string, unknown>): QuestionSearch {
  const text = (name: string): string | undefined => {
    const value = search[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const operation = search.operation;
  const found = { keyId: text('keyId'), channel: text('channel'), clientId: text('clientId'), origin: text('origin') };
  return {
    ...(isOperation(operation) ? { operation } : {}),
    ...Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)),
  };
}
