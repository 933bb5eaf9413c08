import { CloseButton } from '@mantine/core';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import classes from './Toasts.module.css';
import { dismiss, shown, subscribe } from './toasts';

/** Where `said` and `failed` are shown and read out; once in the app. */
export function Toasts() {
  const toasts = useSyncExternalStore(subscribe, shown);
  return (
    <section className={classes.stack} aria-label="Notices" aria-live="polite">
      {toasts.map((toast) => (
        <div key={toast.id} className={classes.toast} data-kind={toast.kind} role={toast.kind === 'failed' ? 'alert' : undefined}>
          {toast.kind === 'failed' ? <CircleAlert size={18} aria-hidden /> : <CircleCheck size={18} aria-hidden />}
          <div className={classes.words}>
            {toast.title && <b>{toast.title}</b>}
            <span>{toast.message}</span>
          </div>
          <CloseButton size="sm" aria-label="Close this notice" onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </section>
  );
}
