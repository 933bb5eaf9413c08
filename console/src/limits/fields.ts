/** The limits of a tenant, as the contract has them: what each is called, bounds, and how a form writes it. */

export const LIMIT_NAMES = [
  'connections',
  'connectionsPerSecond',
  'publishesPerSecond',
  'publishBurst',
  'deliveriesPerSecond',
  'channels',
  'subscriptionsPerConnection',
  'inboundMessagesPerSecond',
  'inboundBytesPerSecond',
  'maxMessageBytes',
  'maxBatchMessages',
  'presenceMembersPerChannel',
  'historyDays',
  'storedBytes',
  'webhooksPerSecond',
  'requestsPerSecondPerKey',
  'requestsPerSecondPerIp',
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** null is unlimited. */
export type Limits = Readonly<Record<LimitName, number | null>>;

export interface LimitField {
  readonly label: string;
  readonly means: string;
  readonly unit: 'count' | 'perSecond' | 'bytes' | 'bytesPerSecond' | 'days';
  readonly min: number;
  readonly max: number | null;
  /** The refusal that the limit gives, a row of the catalogue. */
  readonly code: number | null;
}

function field(label: string, unit: LimitField['unit'], code: number | null, means: string, min = 0, max: number | null = null): LimitField {
  return { label, means, unit, min, max, code };
}

export const LIMIT_FIELDS: Readonly<Record<LimitName, LimitField>> = {
  connections: field('Connections', 'count', 42901, 'Open connections at a time.'),
  connectionsPerSecond: field('New connections', 'perSecond', 42902, 'New connections per second.'),
  publishesPerSecond: field('Publishes', 'perSecond', 42910, 'Messages published per second.'),
  publishBurst: field('Publish burst', 'count', 42910, 'Messages that may be published at once, beyond the rate.'),
  deliveriesPerSecond: field('Deliveries', 'perSecond', 42931, 'Messages written to subscribers per second. Above it they fall behind, and are closed after 10 s of it.'),
  channels: field('Channels', 'count', 42903, 'Channels occupied, or with messages stored. One that is there already is never refused.'),
  subscriptionsPerConnection: field('Subscriptions', 'count', 42904, 'Channels of one connection.'),
  inboundMessagesPerSecond: field('Inbound frames', 'perSecond', 42911, 'Frames per second from one connection.'),
  inboundBytesPerSecond: field('Inbound bytes', 'bytesPerSecond', 42911, 'Bytes per second from one connection.'),
  maxMessageBytes: field('Message size', 'bytes', 41301, 'Bytes of one message. Never more than 65,536.', 1, 65_536),
  maxBatchMessages: field('Batch size', 'count', 41302, 'Messages in one array. Never more than 100.', 1, 100),
  presenceMembersPerChannel: field('Members', 'count', 42908, 'Members present in one channel.'),
  historyDays: field('History', 'days', null, 'Days that durable messages are kept; a namespace may keep them shorter.'),
  storedBytes: field('Storage', 'bytes', 42906, 'What the durable log may hold: data, name and headers of each message, and 100 bytes more.'),
  webhooksPerSecond: field('Webhook calls', 'perSecond', null, 'Calls per second to webhooks. What is beyond waits.'),
  requestsPerSecondPerKey: field('Requests of a key', 'perSecond', 42900, 'REST requests per second with one key.'),
  requestsPerSecondPerIp: field('Requests of an address', 'perSecond', 42900, 'REST requests per second from one address.'),
};

export const LIMIT_GROUPS: readonly { readonly title: string; readonly limits: readonly LimitName[] }[] = [
  { title: 'Connections', limits: ['connections', 'connectionsPerSecond', 'subscriptionsPerConnection', 'inboundMessagesPerSecond', 'inboundBytesPerSecond'] },
  { title: 'Messages', limits: ['publishesPerSecond', 'publishBurst', 'deliveriesPerSecond', 'maxMessageBytes', 'maxBatchMessages'] },
  { title: 'Channels and history', limits: ['channels', 'presenceMembersPerChannel', 'historyDays', 'storedBytes'] },
  { title: 'Requests and webhooks', limits: ['requestsPerSecondPerKey', 'requestsPerSecondPerIp', 'webhooksPerSecond'] },
];

/** What a field of the form holds: text as it was typed, or unlimited. */
export interface LimitInput {
  readonly unlimited: boolean;
  readonly text: string;
}

export function inputOf(limit: number | null): LimitInput {
  return { unlimited: limit === null, text: limit === null ? '' : String(limit) };
}

/** The limit that was typed, or why it is none. Spaces, commas and underscores between digits are for people. */
export function readLimit(name: LimitName, { unlimited, text }: LimitInput): { readonly value: number | null } | { readonly fault: string } {
  if (unlimited) return { value: null };
  const digits = text.replaceAll(/[\s,_]/g, '');
  if (digits === '') return { fault: 'A number, or unlimited.' };
  if (!/^\d{1,15}$/.test(digits)) return { fault: 'A whole number.' };
  const { min, max } = LIMIT_FIELDS[name];
  const value = Number(digits);
  if (value < min) return { fault: `At least ${min.toLocaleString('en')}.` };
  if (max !== null && value > max) return { fault: `At most ${max.toLocaleString('en')}.` };
  if (value > 2_147_483_647 && LIMIT_FIELDS[name].unit !== 'bytes') return { fault: 'At most 2,147,483,647.' };
  return { value };
}

/** Only what differs: what is not given stays as it is. */
export function changedLimits(before: Limits, after: Limits): Partial<Limits> {
  return Object.fromEntries(LIMIT_NAMES.filter((name) => before[name] !== after[name]).map((name) => [name, after[name]]));
}
