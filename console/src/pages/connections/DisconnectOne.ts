import { whenOpened } from '@/parts/when-opened';
import type { Props } from './DisconnectOneDialog';

/** One connection: a client that is well comes back at once, so a question is enough. */
export const DisconnectOne = whenOpened<Props>(() => import('./DisconnectOneDialog').then((module) => module.DisconnectOneDialog));
