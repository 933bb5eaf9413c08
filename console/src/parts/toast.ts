import { RefusalError } from '@/api/refusal';
import { show } from './toasts';

/** Says that something was done, where nothing on the page shows it. */
export function said(message: string): void {
  show({ kind: 'said', message });
}

/** Says that something failed, where there is no place beside what was tried. */
export function failed(error: unknown): void {
  const title = error instanceof RefusalError && error.code > 0 ? `${error.problem.title} (${error.code})` : 'That did not work';
  show({ kind: 'failed', title, message: error instanceof Error ? error.message : String(error) });
}
