import { LockKeyhole } from 'lucide-react';
import type { Role } from '@/api/session';
import { EmptyState } from '@/parts/EmptyState';

/** In the place of what the gateway would refuse to this person (40300). */
export function NeedsRole(props: { role: Role; what: string }) {
  return (
    <EmptyState icon={LockKeyhole} title={`${props.what} are for ${props.role}s`}>
      Your role in this tenant does not allow them. An owner can give you another one, under Members.
    </EmptyState>
  );
}
