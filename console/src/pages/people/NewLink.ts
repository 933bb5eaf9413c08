import { whenOpened } from '@/parts/when-opened';
import type { Props } from './NewLinkDialog';

/** A new link for an invitation that was lost. */
export const NewLink = whenOpened<Props>(() => import('./NewLinkDialog').then((module) => module.NewLinkDialog));
