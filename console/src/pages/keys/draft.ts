import { expiresAt, expiryOf } from '@/forms/expiry';
import { capabilitiesOf, capabilityFaults, grantsOf, type Capabilities } from '@/rules/capabilities';
import type { KeyDraft } from './KeyForm';
import type { Key } from './keys';

export const NEW_KEY: KeyDraft = {
  name: '',
  expiry: { choice: 'never', at: '' },
  grants: [{ pattern: '*', operations: ['publish', 'subscribe', 'presence', 'history', 'admin'] }],
};

export function draftOf(key: Key): KeyDraft {
  return { name: key.name, expiry: expiryOf(key.expiresAt), grants: grantsOf(key.capabilities) };
}

export interface KeyFields {
  name: string;
  capabilities: Capabilities;
  expiresAt: string | null;
}

/** What is sent, or which fault of the time keeps it back; null where other fields are unfinished. */
export function fieldsOf(draft: KeyDraft, now: number): { readonly fields: KeyFields | null; readonly expiryFault: string | undefined } {
  const expiry = expiresAt(draft.expiry, now);
  const name = draft.name.trim();
  const complete = name !== '' && capabilityFaults(draft.grants, 'key').length === 0;
  if ('fault' in expiry) return { fields: null, expiryFault: expiry.fault };
  return {
    fields: complete ? { name, capabilities: capabilitiesOf(draft.grants), expiresAt: expiry.value } : null,
    expiryFault: undefined,
  };
}
