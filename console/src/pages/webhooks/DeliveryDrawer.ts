import { whenOpened } from '@/parts/when-opened';
import type { Props } from './DeliveryDrawerBox';

/** One delivery: what it brings, each attempt with its answer, and sending it again. */
export const DeliveryDrawer = whenOpened<Props>(() => import('./DeliveryDrawerBox').then((module) => module.DeliveryDrawerBox));
