// A frame's JSON, with numbers as they were sent: a JSON number may have more digits than fit.

/** Where the browser can keep a number's own text, numbers that would lose digits become that. */
export function parsed(text) {
  return typeof JSON.rawJSON === 'function' ? JSON.parse(text, exact) : JSON.parse(text);
}

function exact(key, value, context) {
  const source = context?.source;
  const same = typeof value !== 'number' || source === undefined || String(value) === source;
  return same ? value : JSON.rawJSON(source);
}
