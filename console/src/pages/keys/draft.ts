import type { Schema } from '@/api/client';
import { expiresAt, expiryOf, type Expiry } from '@/forms/expiry';
import { capabilitiesOf, capabilityFaults, grantsOf, type Grant } from '@/rules/capabilities';
import type { Key } from './keys';

export interface KeyDraft {
  readonly name: string;
  readonly expiry: Expiry;
  readonly grants: readonly Grant[];
}

export const NEW_KEY: KeyDraft = {
  name: '',
  expiry: { choice: 'never', at: '' },
  grants: [{ pattern: '*', operations: ['publish', 'subscribe', 'presence', 'history', 'admin'] }],
};

export function draftOf(key: Key): KeyDraft {
  return { name: key.name, expiry: expiryOf(key.expiresAt), grants: grantsOf(key.capabilities) };
}

/** What is unfinished, by field. */
export function faultsOf(draft: KeyDraft, now: number): Partial<Record<'name' | 'expiry' | 'grants', string>> {
  const expiry = expiresAt(draft.expiry, now);
  const grants = capabilityFaults(draft.grants, 'key')[0];
  return {
    ...(draft.name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...('fault' in expiry ? { expiry: expiry.fault } : {}),
    ...(grants === undefined ? {} : { grants: grants.message }),
  };
}

/** What is sent, of a draft without faults. */
export function bodyOf(draft: KeyDraft, now: number): Schema<'KeyCreate'> {
  const expiry = expiresAt(draft.expiry, now);
  if ('fault' in expiry) throw new Error(expiry.fault);
  return { name: draft.name.trim(), capabilities: capabilitiesOf(draft.grants), expiresAt: expiry.value };
}
