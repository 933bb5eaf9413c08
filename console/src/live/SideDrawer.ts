import { whenOpened } from '@/parts/when-opened';
import type { Props } from './SideDrawerBox';

/** What stands beside the events, from below on a narrow screen. */
export const SideDrawer = whenOpened<Props>(() => import('./SideDrawerBox').then((module) => module.SideDrawerBox));
