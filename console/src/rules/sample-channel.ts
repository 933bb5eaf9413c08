import { META_LOG } from './channel-name';
import type { Grant } from './capabilities';
import type { Operation } from './operations';

/** A channel that the pattern covers, to begin with: `chat:*` gives `chat:hello`. */
export function sampleChannel(pattern: string): string {
  const sample = pattern
    .split(':')
    .map((segment) => (segment.endsWith('*') ? `${segment.slice(0, -1)}hello` : segment))
    .join(':');
  return sample === '' || (/^[[:#]/.test(sample) && sample !== META_LOG) ? 'hello' : sample;
}

/** A channel on which as many of the operations as can be are granted by one pattern; null where none of them is. */
export function sampleFor(grants: readonly Grant[], operations: readonly Operation[]): string | null {
  const counted = grants.map(({ pattern, operations: granted }) => ({
    pattern,
    count: operations.filter((operation) => granted.includes(operation)).length,
  }));
  const best = counted.reduce<(typeof counted)[number] | null>(
    (found, one) => (one.count > (found?.count ?? 0) ? one : found),
    null,
  );
  return best === null ? null : sampleChannel(best.pattern);
}
