import type { Schema } from '@/api/client';
import { calledFaults } from '@/called/called';
import { patternFault } from '@/rules/channel-pattern';
import type { EventType } from './events';
import type { Webhook } from './webhooks';

export interface WebhookDraft {
  readonly name: string;
  readonly url: string;
  readonly events: readonly EventType[];
  readonly pattern: string;
  readonly maxEvents: number;
  readonly enabled: boolean;
}

export const NEW_WEBHOOK: WebhookDraft = { name: '', url: '', events: ['message.published'], pattern: '*', maxEvents: 1, enabled: true };

export function draftOf({ name, url, events, pattern, batch, enabled }: Webhook): WebhookDraft {
  return { name, url, events, pattern, maxEvents: batch.maxEvents, enabled };
}

/** What is unfinished, by field. */
export function faultsOf(draft: WebhookDraft): Partial<Record<'name' | 'url' | 'events' | 'pattern', string>> {
  const pattern = patternFault(draft.pattern);
  return {
    ...calledFaults(draft),
    ...(draft.events.length === 0 ? { events: 'Choose at least one.' } : {}),
    ...(pattern === null ? {} : { pattern }),
  };
}

export function bodyOf(draft: WebhookDraft): Schema<'WebhookCreate'> {
  return {
    name: draft.name.trim(),
    url: draft.url.trim(),
    events: [...draft.events],
    pattern: draft.pattern,
    batch: { maxEvents: draft.maxEvents },
    enabled: draft.enabled,
  };
}
