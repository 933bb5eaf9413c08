import type { Schema } from '@/api/client';

/** An event of a tenant's log or of the installation's. */
export type Event = Omit<Schema<'AuditEvent'>, 'tenantId'> | Omit<Schema<'InstallationEvent'>, 'tenantId'>;

/** "key.created" -> "key". */
export function areaOf(event: Event): string {
  return event.action.split('.')[0] ?? event.action;
}

/** Who did it, for people. */
export function actorName(event: Event): string {
  const { kind, id, name } = event.actor;
  if (name !== null) return name;
  if (kind === 'operator') return 'Operator token';
  if (kind === 'system') return 'Tidegate';
  return id ?? kind;
}

const KINDS: Record<Event['actor']['kind'], string> = { operator: 'operator', controlToken: 'control token', account: 'person', key: 'key', system: 'the gateway itself' };

export function actorKind(event: Event): string {
  return KINDS[event.actor.kind];
}

/** Whether every word is somewhere in the event, in what changed too. */
export function holds(event: Event, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const all = JSON.stringify([event.action, actorName(event), event.actor, event.target, event.before, event.after, event.requestId, event.at]).toLowerCase();
  return words.every((word) => all.includes(word));
}

const COLUMNS = ['at', 'action', 'actorKind', 'actorId', 'actorName', 'targetKind', 'targetId', 'requestId', 'before', 'after', 'hash'];

/** RFC 4180, with a header line. A field that a spreadsheet would take for a formula is led by an apostrophe. */
export function csv(events: readonly Event[]): string {
  const row = (event: Event): unknown[] => [
    event.at,
    event.action,
    event.actor.kind,
    event.actor.id,
    event.actor.name,
    event.target.kind,
    event.target.id,
    event.requestId,
    event.before && JSON.stringify(event.before),
    event.after && JSON.stringify(event.after),
    event.hash,
  ];
  return [COLUMNS, ...events.map(row)].map((fields) => fields.map(field).join(',')).join('\r\n') + '\r\n';
}

function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = String(value).replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
