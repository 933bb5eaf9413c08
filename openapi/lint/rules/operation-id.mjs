import { operations } from "./document.mjs";

/** Generators name methods by operationId: camelCase, and each one once. */
export function operationId(document) {
  const seen = new Map();
  return operations(document).flatMap(({ operation, path, route, method }) => {
    const id = operation.operationId;
    if (!/^[a-z][a-zA-Z0-9]*$/.test(id ?? "")) {
      return [{ message: `operationId ${id ?? "(none)"} is not camelCase`, path }];
    }
    const first = seen.get(id);
    seen.set(id, first ?? `${method} ${route}`);
    return first === undefined ? [] : [{ message: `operationId ${id} is that of ${first} too`, path }];
  });
}
