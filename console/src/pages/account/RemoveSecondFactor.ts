import { whenOpened } from '@/parts/when-opened';
import type { Props } from './RemoveSecondFactorDialog';

export const RemoveSecondFactor = whenOpened<Props>(() => import('./RemoveSecondFactorDialog').then((module) => module.RemoveSecondFactorDialog));
