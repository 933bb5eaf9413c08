/** Text as a literal of another language. What is copied runs in somebody's shell: nothing in it may end the literal. */

/** Of sh: in single quotes, in which nothing is special but the quote itself. */
export function sh(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Of JavaScript, in single quotes. */
export function js(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

/** Of Java, in double quotes. JSON's escapes are Java's. */
export function java(text: string): string {
  return JSON.stringify(text);
}

/** One segment of a path, or a value of a query: all but letters, digits and `-._~` is escaped. */
export function segment(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
