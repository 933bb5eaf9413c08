/** What a one-time link brought behind its `#`: it never reaches a server's log, and leaves the address at once. */
export interface Brought {
  /** Signs in once. */
  link?: string;
  /** Makes one a member or an operator. */
  invitation?: string;
}

/** Takes a link's secret out of the address and the history; what it was stays in this page's memory alone. */
export function takeFragment(location: Location = window.location, history: History = window.history): Brought {
  const params = new URLSearchParams(location.hash.slice(1));
  const link = params.get('link');
  const invitation = params.get('invitation');
  if (link === null && invitation === null) return {};
  history.replaceState(history.state, '', location.pathname + location.search);
  return { ...(link && { link }), ...(invitation && { invitation }) };
}

/** Taken once, before the router reads the address. A page uses it up. */
export const brought: Brought = takeFragment();

// The same tab may get another link typed or pasted, which changes the fragment alone and loads nothing.
const listeners = new Set<() => void>();
window.addEventListener('hashchange', () => {
  const more = takeFragment();
  if (!(more.link ?? more.invitation)) return;
  Object.assign(brought, more);
  for (const listener of listeners) listener();
});

/** Hears when another one was brought. @returns ends it */
export function onBrought(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
