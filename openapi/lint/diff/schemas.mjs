import { resolve } from "../rules/document.mjs";

const VALUES = ["pattern", "format", "const", "multipleOf", "contentEncoding"];
const UPPER = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
const LOWER = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const LISTS = ["oneOf", "anyOf", "allOf", "prefixItems"];
const NESTED = ["items", "additionalProperties", "not", "propertyNames"];

/**
 * What breaks between two versions of a schema, in sentences. What is sent may only be let in more
 * widely: unknown fields are refused, so none may go. What is answered may only grow: a client
 * relies on each field, type and value that it was promised.
 *
 * @param sides `{before, after}`, each `{document, schema}`
 * @param sent true for what a client sends, false for what it is answered
 */
export function schemaBreaks({ before, after }, sent, at = "", seen = new Set()) {
  const key = `${before.schema?.$ref} ${after.schema?.$ref} ${sent}`;
  if (before.schema?.$ref && seen.has(key)) return [];
  const path = new Set(seen).add(key);
  const a = resolve(before.document, before.schema);
  const b = resolve(after.document, after.schema);
  if (a === undefined && b === undefined) return [];
  const where = at || "the body";
  if (typeof a !== "object" || typeof b !== "object") return a === b || widens(a, b, sent) ? [] : [`${where}: other schema`];
  const inner = (x, y, name) =>
    schemaBreaks({ before: { ...before, schema: x }, after: { ...after, schema: y } }, sent, `${at}${name}`, path);
  return [
    ...own(a, b, sent).map((what) => `${where}: ${what}`),
    ...Object.keys(a.properties ?? {}).flatMap((name) =>
      b.properties?.[name] === undefined
        ? [`${at}/${name}: is gone`]
        : inner(a.properties[name], b.properties[name], `/${name}`),
    ),
    ...NESTED.filter((name) => a[name] !== undefined || b[name] !== undefined).flatMap((name) =>
      inner(a[name] ?? true, b[name] ?? true, `/${name}`),
    ),
    ...LISTS.filter((name) => a[name] || b[name]).flatMap((name) => {
      const [x, y] = [a[name] ?? [], b[name] ?? []];
      const same = x.slice(0, y.length).flatMap((one, i) => inner(one, y[i], `/${name}/${i}`));
      const breaks = name === "allOf" ? x.length !== y.length : sent ? y.length < x.length : y.length > x.length;
      return breaks ? [`${where}: ${name} has ${y.length} members, had ${x.length}`, ...same] : same;
    }),
  ];
}

/** `true` and no schema let everything in; `false` nothing. */
const widens = (a, b, sent) => (sent ? b === true || a === false : a === true || b === false);

/** The breaks of one schema itself, its children left out. */
function own(a, b, sent) {
  const [wider, narrower] = sent ? [b, a] : [a, b];
  const out = [];
  const said = (what, x, y) => out.push(`${what} ${JSON.stringify(y)}, was ${JSON.stringify(x)}`);
  if (!covers(types(wider), types(narrower))) said("type", a.type, b.type);
  if (!covers(wider.enum, narrower.enum)) said("enum", a.enum, b.enum);
  const required = (sent ? b : a).required ?? [];
  const before = (sent ? a : b).required ?? [];
  const other = required.filter((name) => !before.includes(name));
  if (other.length > 0) out.push(`${other.join(", ")} ${sent ? "is required now" : "is no longer always there"}`);
  for (const name of VALUES) {
    if (a[name] !== b[name] && (sent ? b : a)[name] !== undefined) said(name, a[name], b[name]);
  }
  for (const name of UPPER) if ((narrower[name] ?? Infinity) > (wider[name] ?? Infinity)) said(name, a[name], b[name]);
  for (const name of LOWER) if ((narrower[name] ?? -Infinity) < (wider[name] ?? -Infinity)) said(name, a[name], b[name]);
  return out;
}

/** Undefined stands for everything; an integer is a number. */
function covers(wide, narrow) {
  if (wide === undefined) return true;
  return narrow !== undefined && narrow.every((one) => wide.includes(one) || (one === "integer" && wide.includes("number")));
}

const types = ({ type }) => (type === undefined ? undefined : [type].flat());
