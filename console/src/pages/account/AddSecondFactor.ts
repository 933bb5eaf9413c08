import { whenOpened } from '@/parts/when-opened';
import type { Props } from './AddSecondFactorDialog';

/** The password, the secret as a QR code, a first code of it, the recovery codes. */
export const AddSecondFactor = whenOpened<Props>(() => import('./AddSecondFactorDialog').then((module) => module.AddSecondFactorDialog));
