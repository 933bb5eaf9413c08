export interface Toast {
  id: number;
  kind: 'said' | 'failed';
  title?: string;
  message: string;
}

/** More at a time nobody reads; the oldest goes. */
const AT_A_TIME = 4;
const SHOWN_MS = { said: 4_000, failed: 12_000 } as const;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function show(toast: Omit<Toast, 'id'>): void {
  const id = ++last;
  set([...toasts.slice(1 - AT_A_TIME), { ...toast, id }]);
  setTimeout(() => dismiss(id), SHOWN_MS[toast.kind]);
}

export function dismiss(id: number): void {
  if (toasts.some((toast) => toast.id === id)) set(toasts.filter((toast) => toast.id !== id));
}

export function shown(): readonly Toast[] {
  return toasts;
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
