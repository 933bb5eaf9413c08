/**
 * Texts of strangers as literals of three languages. What is copied is pasted into a terminal or an editor, so nothing that
 * a terminal obeys or that an editor shows as something else stands in it: control characters, line and paragraph separators,
 * marks of direction, what has no width, and halves of pairs are always escaped.
 */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}|[\u{e0000}-\u{e007f}]/gu;

function hex(unit: number, digits: number): string {
  return unit.toString(16).padStart(digits, '0');
}

/** Each UTF-16 unit as `\uXXXX`: JSON, JavaScript and Java read that alike. */
function escapedUnits(text: string): string {
  let escaped = '';
  for (let i = 0; i < text.length; i++) escaped += `\\u${hex(text.charCodeAt(i), 4)}`;
  return escaped;
}

/** A JSON value that has nothing unseen in it. @param indent spaces a level; 0 is one line */
export function json(value: unknown, indent = 0): string {
  return (JSON.stringify(value, undefined, indent) ?? 'null').replace(UNSEEN, (found) => (found === '\n' ? found : escapedUnits(found)));
}

/** One word of a POSIX shell; of bash, zsh and ksh where something has to be escaped. */
export function shell(text: string): string {
  if (text !== '' && /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) && !text.startsWith('-')) return text;
  if (text.search(UNSEEN) < 0) return `'${text.replaceAll("'", `'\\''`)}'`;
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replace(UNSEEN, (found) => bytesOf(found));
  return `$'${escaped}'`;
}

/** As the bytes of UTF-8: `\u` is not known to every shell. In octal, which takes three digits and no more, so that none of the text behind joins in. */
function bytesOf(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/**
 * A string literal of Java. Control characters in octal: `\u000a` and `\u0022` are read before the literal is, and would end it.
 */
export function java(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replace(UNSEEN, (found) => {
    if (found === '\n') return '\\n';
    if (found === '\t') return '\\t';
    const unit = found.charCodeAt(0);
    return found.length === 1 && unit < 0x100 ? `\\${unit.toString(8).padStart(3, '0')}` : escapedUnits(found);
  });
  return `"${escaped}"`;
}

/** An expression of JavaScript that is this JSON value. `<` is escaped: a script that stands in a page ends at `</script`. */
export function javascript(value: unknown, indent = 2, depth = 0): string {
  const pad = ' '.repeat(indent * (depth + 1));
  const end = ' '.repeat(indent * depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => pad + javascript(item, indent, depth + 1)).join(',\n')}\n${end}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return '{}';
    return `{\n${entries.map(([name, item]) => `${pad}${property(name)}: ${javascript(item, indent, depth + 1)}`).join(',\n')}\n${end}}`;
  }
  return json(value).replaceAll('<', '\\u003c');
}

/** `__proto__: x` would set the object's prototype, and lose the value. */
function property(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : javascript(name);
}
