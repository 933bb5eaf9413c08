import { format } from '@/charts/format';
import { kindOf, RECEIVED, textOf, type LiveEvent } from './event';

/** The types that the contract has, by kind: for the filter. */
export const TYPES = [
  RECEIVED,
  'message.published',
  'message.refused',
  'subscription.added',
  'subscription.removed',
  'subscription.refused',
  'connection.opened',
  'connection.closed',
  'connection.refused',
  'presence.enter',
  'presence.update',
  'presence.leave',
  'presence.refused',
  'webhook.attempted',
  'limit.refused',
  'request.refused',
] as const;

const PREVIEW = 160;

/** What is worth saying of an event on one line, beside its type, channel and client. */
export function gist(event: LiveEvent): string {
  const { data } = event;
  if (typeof data['code'] === 'number') return [textOf(event, 'rule') ?? textOf(event, 'step'), protocol(event)].filter(Boolean).join(' · ');
  switch (kindOf(event.type)) {
    case 'message':
      return event.type === RECEIVED ? preview(data['data'], textOf(event, 'name')) : published(event);
    case 'webhook':
      return webhook(event);
    default:
      return [protocol(event), textOf(event, 'keyName')].filter(Boolean).join(' · ');
  }
}

function published(event: LiveEvent): string {
  const { messages, bytes, preview: shown } = event.data;
  if (typeof shown === 'string') return preview(shown, textOf(event, 'name')) + (typeof messages === 'number' && messages > 1 ? ` and ${messages - 1} more` : '');
  const many = typeof messages === 'number' ? `${messages} message${messages === 1 ? '' : 's'}` : '';
  return [many, typeof bytes === 'number' ? format(bytes, 'bytes') : '', protocol(event)].filter(Boolean).join(' · ');
}

function webhook(event: LiveEvent): string {
  const { attempt, status, error, latencyMs } = event.data;
  const parts = [textOf(event, 'event'), typeof attempt === 'number' ? `attempt ${attempt}` : '', typeof status === 'number' ? `HTTP ${status}` : String(error ?? '')];
  return [...parts, typeof latencyMs === 'number' ? format(latencyMs, 'milliseconds') : ''].filter(Boolean).join(' · ');
}

function protocol(event: LiveEvent): string {
  return textOf(event, 'protocol') ?? '';
}

/** The beginning of a message's data, on one line. */
export function preview(data: unknown, name?: string): string {
  const text = typeof data === 'string' ? data : (JSON.stringify(data) ?? '');
  const short = text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text;
  return name === undefined ? short : `${name} ${short}`;
}
