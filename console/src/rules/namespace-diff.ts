import type { NamespaceRules } from './namespace';

export interface FieldChange {
  /** As the contract spells it: `window.messages`. */
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** What an edit changes, field by field, in the order of the contract. */
export function changesOf(before: NamespaceRules, after: NamespaceRules): FieldChange[] {
  const was = flat(before);
  const is = flat(after);
  return Object.keys(was)
    .filter((field) => was[field] !== is[field])
    .map((field) => ({ field, from: String(was[field]), to: String(is[field]) }));
}

type Value = string | number | boolean;

function flat(rules: NamespaceRules): Record<string, Value> {
  return {
    pattern: rules.pattern,
    durability: rules.durability,
    'window.messages': rules.window.messages,
    'window.seconds': rules.window.seconds,
    retentionDays: rules.retentionDays,
    'rewind.messages': rules.rewind.messages,
    'rewind.seconds': rules.rewind.seconds,
    maxMessageBytes: rules.maxMessageBytes,
    public: rules.public,
    clientPublish: rules.clientPublish,
    'presence.mode': rules.presence.mode,
    'presence.maxMembers': rules.presence.maxMembers,
    'presence.graceSeconds': rules.presence.graceSeconds,
    conflate: rules.conflate,
    requireClientId: rules.requireClientId,
  };
}

export interface Consequence {
  /** `danger`: something is lost or opened that cannot be taken back. */
  readonly weight: 'danger' | 'warning' | 'note';
  readonly text: string;
}

/** What somebody should know before they save it. */
export function consequencesOf(before: NamespaceRules, after: NamespaceRules): Consequence[] {
  return [...ofDurability(before, after), ...ofAccess(before, after), ...ofReach(before, after), ...ofPresence(before, after)];
}

function ofDurability(before: NamespaceRules, after: NamespaceRules): Consequence[] {
  if (before.durability !== after.durability) {
    return [
      {
        weight: 'danger',
        text:
          `Messages published until now leave the history of its channels: 10 s after you save, each begins a new epoch as ` +
          `“${after.durability}”, and its subscribers are told of a discontinuity.`,
      },
    ];
  }
  const lost: Consequence[] = [];
  if (after.durability === 'durable' && after.retentionDays < before.retentionDays) {
    lost.push({ weight: 'danger', text: `Messages older than ${days(after.retentionDays)} are deleted for good.` });
  }
  const shrinks = after.window.messages < before.window.messages || after.window.seconds < before.window.seconds;
  if (after.durability === 'window' && shrinks) {
    lost.push({ weight: 'warning', text: 'Clients can resume less far back: what is beyond the smaller window goes.' });
  }
  return lost;
}

function ofAccess(before: NamespaceRules, after: NamespaceRules): Consequence[] {
  const told: Consequence[] = [];
  if (!before.public && after.public) {
    told.push({ weight: 'danger', text: 'Anybody who knows the name of a key can read these channels: no secret and no token is asked for.' });
  }
  if (before.public && !after.public) {
    told.push({ weight: 'warning', text: 'Clients that come with a bare key name are turned away, live ones too.' });
  }
  if (before.clientPublish && !after.clientPublish) {
    told.push({ weight: 'warning', text: 'Tokens may no longer publish here (40305), whatever their capabilities. Keys still may.' });
  }
  if (!before.clientPublish && after.clientPublish) {
    told.push({ weight: 'warning', text: 'Clients may publish here, where their tokens grant it.' });
  }
  if (!before.requireClientId && after.requireClientId) {
    told.push({ weight: 'warning', text: 'Tokens without a clientId are refused (40302).' });
  }
  return told;
}

function ofReach(before: NamespaceRules, after: NamespaceRules): Consequence[] {
  const told: Consequence[] = [];
  if (before.pattern !== after.pattern) {
    told.push({
      weight: 'warning',
      text: `Channels that “${after.pattern}” does not cover fall to the next namespace that does, or to the default rules.`,
    });
  }
  if (after.maxMessageBytes < before.maxMessageBytes) {
    told.push({ weight: 'warning', text: `Messages over ${after.maxMessageBytes.toLocaleString('en')} bytes are refused (41301).` });
  }
  if (after.rewind.messages < before.rewind.messages || after.rewind.seconds < before.rewind.seconds) {
    told.push({ weight: 'note', text: 'Clients that rewind further back now need the capability history.' });
  }
  if (before.conflate === 'none' && after.conflate === 'latest') {
    told.push({ weight: 'warning', text: 'A subscriber that falls behind skips to the newest message: it may miss some, and is told so.' });
  }
  return told;
}

function ofPresence(before: NamespaceRules, after: NamespaceRules): Consequence[] {
  const told: Consequence[] = [];
  if (before.presence.mode !== 'off' && after.presence.mode === 'off') {
    told.push({ weight: 'warning', text: 'Nobody may enter presence here any more (40308), and nobody is listed.' });
  }
  if (before.presence.mode === 'members' && after.presence.mode === 'occupancy') {
    told.push({ weight: 'note', text: 'Subscribers see how many are there, no longer who.' });
  }
  if (after.presence.maxMembers < before.presence.maxMembers) {
    told.push({ weight: 'note', text: 'Who is there stays; beyond the smaller number nobody enters (42908).' });
  }
  return told;
}

function days(count: number): string {
  return count === 1 ? 'one day' : `${count} days`;
}
