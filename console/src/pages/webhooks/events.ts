import type { Schema } from '@/api/client';

export type EventType = Schema<'WebhookEventType'>;

/** What a webhook can be told of, in groups, each with when it is. */
export const EVENT_GROUPS: readonly { readonly title: string; readonly events: readonly { readonly type: EventType; readonly means: string }[] }[] = [
  { title: 'Messages', events: [{ type: 'message.published', means: 'A message was accepted, whatever way it came.' }] },
  {
    title: 'Channels',
    events: [
      { type: 'channel.occupied', means: 'It has a subscription, on whichever node.' },
      { type: 'channel.vacated', means: 'It has had none for 3 s.' },
    ],
  },
  {
    title: 'Members',
    events: [
      { type: 'member.added', means: 'A client entered.' },
      { type: 'member.updated', means: 'Its data are others now.' },
      { type: 'member.removed', means: 'It left 3 s ago, or its grace is over.' },
    ],
  },
  {
    title: 'Connections',
    events: [
      { type: 'connection.opened', means: 'A client opened a WebSocket or event stream.' },
      { type: 'connection.closed', means: 'It is gone for 3 s.' },
    ],
  },
  { title: 'Limits', events: [{ type: 'limit.warning', means: '80 % of a limit are used, or all of it.' }] },
];

/** Whether `pattern` says anything about events of this type. */
export function isOfChannels(type: EventType): boolean {
  return !type.startsWith('connection.') && type !== 'limit.warning';
}
