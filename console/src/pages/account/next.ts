/** Whether a sign-in may lead on to it: a page of this console, never elsewhere. */
export function isInside(next: string): boolean {
  return next.startsWith('/') && !next.startsWith('//') && !next.includes('\\');
}
