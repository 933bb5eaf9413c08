import { whenOpened } from '@/parts/when-opened';
import type { Props } from './ExportEventsDialog';

/** Reads the whole log, page by page, into a file. */
export const ExportEvents = whenOpened<Props>(() => import('./ExportEventsDialog').then((module) => module.ExportEventsDialog));
