// Ways into an OpenAPI document as it was parsed, references unresolved.

const METHODS = ["get", "put", "post", "patch", "delete", "head", "options", "trace"];

/** What a value is, after its reference into the document, if it is one. */
export function resolve(document, value) {
  let at = value;
  for (let depth = 0; at?.$ref !== undefined; depth++) {
    if (depth > 50 || !at.$ref.startsWith("#/")) throw new Error(`cannot follow ${at.$ref}`);
    at = at.$ref
      .slice(2)
      .split("/")
      .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"))
      .reduce((from, step) => from?.[step], document);
  }
  return at;
}

/** Every operation: its route, method, place in the document, and parameters with those of its path. */
export function operations(document) {
  return Object.entries(document.paths ?? {}).flatMap(([route, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({
      route,
      method,
      operation: item[method],
      path: ["paths", route, method],
      parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map((one) => resolve(document, one)),
    })),
  );
}

/** An operation's answers of these statuses, such as /^2/, references resolved. */
export function answers(document, { operation, path }, statuses) {
  return Object.entries(operation.responses ?? {})
    .filter(([status]) => statuses.test(status))
    .map(([status, answer]) => ({ status, answer: resolve(document, answer), path: [...path, "responses", status] }));
}

/** The examples of a media type, a parameter or a header, as values. */
export function examples(document, value) {
  const named = Object.values(value.examples ?? {}).map((one) => resolve(document, one).value);
  return value.example === undefined ? named : [value.example, ...named];
}

/** Answers of management and of handshakes are no JSON, and ask for no credential of a tenant. */
export const isManagement = ({ operation }) => operation.tags?.includes("management") ?? false;
