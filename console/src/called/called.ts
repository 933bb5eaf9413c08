/** What webhooks and hooks share: a URL of the app's own that the gateway calls, and signs its calls for. */
export interface Called {
  readonly name: string;
  readonly url: string;
}

/** What is unfinished, by field. Whether the URL may be called the gateway says (40054). */
export function calledFaults({ name, url }: Called): Partial<Record<keyof Called, string>> {
  return {
    ...(name.trim() === '' ? { name: 'Give it a name.' } : {}),
    ...(/^https?:\/\/[^\s]+$/.test(url.trim()) ? {} : { url: 'An absolute URL: https://…' }),
  };
}
