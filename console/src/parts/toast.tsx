import { notifications } from '@mantine/notifications';
import { RefusalError } from '@/api/refusal';

/** Says that something was done, where nothing on the page shows it. */
export function said(message: string): void {
  notifications.show({ message, color: 'tide', withBorder: true });
}

/** Says that something failed, where there is no place beside what was tried. */
export function failed(error: unknown): void {
  const title = error instanceof RefusalError && error.code > 0 ? `${error.problem.title} (${error.code})` : 'That did not work';
  notifications.show({ title, message: error instanceof Error ? error.message : String(error), color: 'red', withBorder: true, autoClose: 10_000 });
}
