import type { PresenceFrame } from '../frames.js';
import type { Member, PresenceEvent } from '../types.js';

/** Who is present in one channel, from the frames that say so (asyncapi.yaml, "presenceEvent"): as many as the gateway allows there. No I/O. */
export class Members<P = unknown> {
  readonly #known = new Map<string, Member<P>>();
  /** During a sync: who was in a page or has entered since the first. */
  #seen: Set<string> | undefined;
  #version = 0;
  count: number | undefined;
  /** Whether all of them were told once. */
  isKnown = false;

  get all(): readonly Member<P>[] {
    return [...this.#known.values()];
  }

  /** A subscription begins anew: the next page is a first one. */
  restart(): void {
    this.#seen = undefined;
  }

  /** @returns what has changed; nothing twice */
  apply(frame: PresenceFrame): readonly PresenceEvent<P>[] {
    // The shape of a member's data is what the program says of its own channel.
    const members = (frame.members ?? []) as readonly Member<P>[];
    const events: PresenceEvent<P>[] = [];
    switch (frame.action) {
      case 'occupancy':
        this.count = frame.count ?? 0;
        return [{ action: 'occupancy', count: this.count }];
      case 'sync':
        this.#seen ??= new Set();
        for (const member of members) this.#put(member, events);
        if (frame.cursor === undefined) {
          for (const [key, member] of this.#known) if (!this.#seen.has(key)) this.#drop(key, member, events);
          this.#seen = undefined;
          this.isKnown = true;
          events.push({ action: 'sync' });
        }
        break;
      default:
        // One that was on its way while a newer page was made.
        if (frame.version < this.#version && this.#seen === undefined) return [];
        for (const member of members) {
          if (frame.action === 'leave') this.#drop(keyOf(member), member, events);
          else this.#put(member, events);
        }
    }
    this.#version = frame.version;
    return events;
  }

  #put(member: Member<P>, events: PresenceEvent<P>[]): void {
    const key = keyOf(member);
    const before = this.#known.get(key);
    this.#seen?.add(key);
    this.#known.set(key, member);
    if (before === undefined) events.push({ action: 'enter', member });
    else if (JSON.stringify(before.data) !== JSON.stringify(member.data)) events.push({ action: 'update', member });
  }

  #drop(key: string, member: Member<P>, events: PresenceEvent<P>[]): void {
    this.#seen?.delete(key);
    if (this.#known.delete(key)) events.push({ action: 'leave', member });
  }
}

const keyOf = (member: Member): string => `${member.connectionId}\n${member.clientId}`;
