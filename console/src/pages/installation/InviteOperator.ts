import { whenOpened } from '@/parts/when-opened';
import type { Props } from './InviteOperatorDialog';

export const InviteOperator = whenOpened<Props>(() => import('./InviteOperatorDialog').then((module) => module.InviteOperatorDialog));
