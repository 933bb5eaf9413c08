import type { Props } from './NameDialogBox';
import { whenOpened } from './when-opened';

/** Asks for a name, the one thing that most things need to be made. */
export const NameDialog = whenOpened<Props>(() => import('./NameDialogBox').then((module) => module.NameDialogBox));
