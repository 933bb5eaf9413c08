type Target = Pick<EventTarget, 'addEventListener' | 'removeEventListener'>;

/** Calls when there is reason to look at the connection at once: online again, seen again. @returns ends it */
export function onWake(wake: () => void): () => void {
  const page = globalThis as { readonly document?: Target & { readonly visibilityState?: string } } & Partial<Target>;
  const seen = (): void => {
    if (page.document?.visibilityState !== 'hidden') wake();
  };
  page.addEventListener?.('online', wake);
  page.addEventListener?.('pageshow', wake);
  page.document?.addEventListener('visibilitychange', seen);
  return () => {
    page.removeEventListener?.('online', wake);
    page.removeEventListener?.('pageshow', wake);
    page.document?.removeEventListener('visibilitychange', seen);
  };
}
