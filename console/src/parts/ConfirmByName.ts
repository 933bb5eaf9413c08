import type { Props } from './ConfirmByNameDialog';
import { whenOpened } from './when-opened';

/**
 * Asks before what cannot be undone: the button works once the thing's name has been typed.
 * `onConfirm` may fail; the refusal is shown and the dialog stays.
 */
export const ConfirmByName = whenOpened<Props>(() => import('./ConfirmByNameDialog').then((module) => module.ConfirmByNameDialog));
