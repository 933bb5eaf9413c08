import { operations, resolve } from "../rules/document.mjs";
import { schemaBreaks } from "./schemas.mjs";

/** What a client of `before` can no longer rely on in `after`, a sentence each, beginning with its operation. */
export function breaks(before, after) {
  const now = new Map(operations(after).map((one) => [id(one), one]));
  return operations(before).flatMap((old) => {
    const one = now.get(id(old));
    const found = one === undefined ? ["is gone"] : operationBreaks({ document: before, ...old }, { document: after, ...one });
    return [...new Set(found)].map((what) => `${id(old)} ${what}`);
  });
}

const id = ({ method, route }) => `${method.toUpperCase()} ${route.replace(/\{[^}]+}/g, "{}")}`;

function operationBreaks(a, b) {
  const renamed = a.operation.operationId !== b.operation.operationId;
  return [
    ...(renamed ? [`is called ${b.operation.operationId}, was ${a.operation.operationId}`] : []),
    ...securityBreaks(a, b),
    ...parameterBreaks(a, b),
    ...bodyBreaks(a, b),
    ...answerBreaks(a, b),
  ];
}

function securityBreaks(a, b) {
  const asked = ({ operation, document }) => (operation.security ?? document.security ?? []).map((one) => Object.keys(one).sort().join("+"));
  const now = asked(b);
  const gone = now.length === 0 ? [] : asked(a).length === 0 ? ["none"] : asked(a).filter((one) => !now.includes(one));
  const rights = ["x-tidegate-role", "x-tidegate-operation"].filter((name) => a.operation[name] !== b.operation[name]);
  return [
    ...gone.map((one) => `security: ${one || "none"} does no longer`),
    ...rights.map((name) => `${name}: ${b.operation[name]}, was ${a.operation[name]}`),
  ];
}

function parameterBreaks(a, b) {
  const key = (one) => (one.in === "path" ? `path ${(/\d+/.exec(one.at) ?? [])[0]}` : `${one.in} ${one.name}`);
  const named = ({ parameters, route }) => {
    const places = [...route.matchAll(/\{([^}]+)}/g)].map(([, name]) => name);
    return new Map(parameters.map((one) => [key({ ...one, at: String(places.indexOf(one.name)) }), one]));
  };
  const [old, now] = [named(a), named(b)];
  return [
    ...[...now].filter(([name, one]) => one.required && !old.has(name)).map(([name]) => `parameter ${name}: is new and required`),
    ...[...old].flatMap(([name, one]) => {
      const other = now.get(name);
      if (other === undefined) return [`parameter ${name}: is gone`];
      const said = other.required && !one.required ? [`parameter ${name}: is required now`] : [];
      const style = ["style", "explode"].filter((each) => one[each] !== other[each]).map((each) => `parameter ${name}: other ${each}`);
      return [...said, ...style, ...schemas(a, one.schema, b, other.schema, true, `parameter ${name}`)];
    }),
  ];
}

function bodyBreaks(a, b) {
  const [old, now] = [resolve(a.document, a.operation.requestBody), resolve(b.document, b.operation.requestBody)];
  if (old !== undefined && now === undefined) return ["request: takes no body"];
  if (now?.required && !old?.required) return ["request: must have a body now"];
  return media(a, old?.content, b, now?.content, true, "request");
}

function answerBreaks(a, b) {
  return Object.entries(a.operation.responses).flatMap(([status, one]) => {
    const old = resolve(a.document, one);
    const now = resolve(b.document, b.operation.responses[status]);
    // A refusal that does no longer happen breaks nobody.
    if (now === undefined) return /^[45]/.test(status) ? [] : [`${status}: is gone`];
    const headers = Object.entries(old.headers ?? {}).flatMap(([name, header]) => {
      const other = now.headers?.[name];
      if (other === undefined) return [`${status} header ${name}: is gone`];
      const [x, y] = [resolve(a.document, header), resolve(b.document, other)];
      const said = x.required && !y.required ? [`${status} header ${name}: is no longer always there`] : [];
      return [...said, ...schemas(a, x.schema, b, y.schema, false, `${status} header ${name}`)];
    });
    return [...headers, ...media(a, old.content, b, now.content, false, status)];
  }).concat(
    Object.keys(b.operation.responses)
      .filter((status) => /^[123]/.test(status) && a.operation.responses[status] === undefined)
      .map((status) => `${status}: is new`),
  );
}

function media(a, old, b, now, sent, name) {
  return Object.entries(old ?? {}).flatMap(([type, one]) =>
    now?.[type] === undefined ? [`${name}: ${type} is gone`] : schemas(a, one.schema, b, now[type].schema, sent, name),
  );
}

function schemas(a, x, b, y, sent, name) {
  const sides = { before: { document: a.document, schema: x }, after: { document: b.document, schema: y } };
  return schemaBreaks(sides, sent).map((what) => `${name} ${what}`);
}
