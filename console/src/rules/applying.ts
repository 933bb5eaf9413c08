import { isMeta } from './channel-name';
import { firstDifference, literalCharacters, literalSegments, mostSpecificFirst } from './channel-pattern';

export interface Named {
  readonly name: string;
  readonly pattern: string;
}

export interface Candidate<N extends Named> {
  readonly namespace: N;
  /** null: it covers the channel. */
  readonly difference: string | null;
}

/**
 * Every namespace against a channel, in the order in which the gateway looks: the first that covers it applies. Of the
 * log of the app itself none does.
 */
export function candidates<N extends Named>(namespaces: readonly N[], channel: string): Candidate<N>[] {
  return [...namespaces]
    .sort((one, other) => mostSpecificFirst(one.pattern, other.pattern) || (one.name < other.name ? -1 : 1))
    .map((namespace) => ({
      namespace,
      difference: isMeta(channel) ? 'no namespace covers the app’s own log' : firstDifference(namespace.pattern, channel),
    }));
}

/** Why the first goes before the second, of two that cover the same channel. */
export function whyBefore(first: Named, second: Named): string {
  const segments = literalSegments(first.pattern) - literalSegments(second.pattern);
  if (segments > 0) return `“${first.pattern}” has more literal segments than “${second.pattern}”`;
  if (literalCharacters(first.pattern) > literalCharacters(second.pattern)) {
    return `“${first.pattern}” has more literal characters than “${second.pattern}”`;
  }
  if (first.pattern === second.pattern) return `both have one pattern, and “${first.name}” comes first by name`;
  return `as literal as “${second.pattern}”, and first by text`;
}
