import { whenOpened } from '@/parts/when-opened';
import type { Props } from './InviteMemberDialog';

export const InviteMember = whenOpened<Props>(() => import('./InviteMemberDialog').then((module) => module.InviteMemberDialog));
