import { whenOpened } from '@/parts/when-opened';
import type { Props } from './CreateControlTokenDialog';

export const CreateControlToken = whenOpened<Props>(() => import('./CreateControlTokenDialog').then((module) => module.CreateControlTokenDialog));
