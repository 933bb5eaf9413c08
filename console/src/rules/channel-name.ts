/** What a channel's name may be, said as the gateway says it (openapi/vectors/patterns.json holds both to it). */

export const META_LOG = '[meta]log';

const MAX_CODE_POINTS = 255;
/** Controls, halves of surrogate pairs, line and paragraph separators, and what turns the direction of text. */
// eslint-disable-next-line no-control-regex -- these are the ones that a name must not have
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

/** The rule that the name breaks, or null. */
export function channelNameFault(name: string): string | null {
  if (name === '') return 'A channel name has at least one character.';
  if ([...name].length > MAX_CODE_POINTS) return 'A channel name has at most 255 characters.';
  if (/^[[:#]/.test(name) && name !== META_LOG) return 'A channel name does not begin with “[”, “:” or “#”.';
  if (FORBIDDEN.test(name)) return 'A channel name has no control characters.';
  if (name.normalize('NFC') !== name) return 'A channel name is in Unicode normalization form C (NFC).';
  return null;
}

/** Whether it is one of the gateway's own, which no rule of the app covers. */
export function isMeta(name: string): boolean {
  return name.startsWith('[');
}
