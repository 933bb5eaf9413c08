/**
 * Patterns over channel names, segmented by `:`. `*` is one whole segment, a trailing `*` the rest, `chat-*` a segment
 * beginning so, `*` alone every channel. As io.tidegate.channel.ChannelPattern reads them: both pass
 * openapi/vectors/patterns.json.
 */

const MAX_LENGTH = 255;
// eslint-disable-next-line no-control-regex -- these are the ones that a pattern must not have
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

/** The rule that the pattern breaks, or null. */
export function patternFault(pattern: string): string | null {
  if (pattern === '' || pattern.length > MAX_LENGTH) return 'A pattern has 1 to 255 characters.';
  if (/\*(?!:|$)/.test(pattern)) return 'A “*” stands at the end of a segment: chat:*, chat-*:log.';
  if (CONTROL.test(pattern)) return 'A pattern has no control characters.';
  if (/\p{Surrogate}/u.test(pattern)) return 'A pattern has no halves of surrogate pairs.';
  return null;
}

/** Whether the pattern covers the name. Both are well-formed. */
export function matches(pattern: string, name: string): boolean {
  return firstDifference(pattern, name) === null;
}

/**
 * Why the pattern does not cover the name, in the words of its segments; null when it does. For people: a tester says
 * more than “no”.
 */
export function firstDifference(pattern: string, name: string): string | null {
  if (pattern === '*') return null;
  const rules = pattern.split(':');
  const parts = name.split(':');
  for (const [i, rule] of rules.entries()) {
    const part = parts[i];
    const last = i === rules.length - 1;
    if (part === undefined) return `the name ends before “${rule}”`;
    if (rule === '*' && last) return null;
    const fault = segmentFault(rule, part);
    if (fault !== null) return fault;
  }
  return parts.length > rules.length ? `the name goes on with “${parts.slice(rules.length).join(':')}”` : null;
}

function segmentFault(rule: string, part: string): string | null {
  if (!rule.endsWith('*')) return rule === part ? null : `“${part}” is not “${rule}”`;
  const literal = rule.slice(0, -1);
  return part.startsWith(literal) ? null : `“${part}” does not begin with “${literal}”`;
}

/** The more specific first: most literal segments, then most literal characters, then text. */
export function mostSpecificFirst(one: string, other: string): number {
  return (
    literalSegments(other) - literalSegments(one) ||
    literalCharacters(other) - literalCharacters(one) ||
    (one < other ? -1 : one > other ? 1 : 0)
  );
}

export function literalSegments(pattern: string): number {
  return pattern.split(':').filter((segment) => !segment.endsWith('*')).length;
}

export function literalCharacters(pattern: string): number {
  return pattern.replaceAll('*', '').length;
}
