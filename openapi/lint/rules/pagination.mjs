import { answers, operations, resolve } from "./document.mjs";

/**
 * Lists are alike: `limit` and `cursor` in, `items` and `next` out, and a Link. A list is what is
 * called `list…` or answers `items`. One that is always short says so in x-tidegate-one-page.
 */
export function pagination(document) {
  return operations(document).flatMap((one) => {
    const ok = answers(document, one, /^200$/)[0];
    const schema = resolve(document, ok?.answer.content?.["application/json"]?.schema);
    const isList = one.operation.operationId?.startsWith("list") || (one.method === "get" && schema?.properties?.items && schema.properties.next);
    if (!isList) return [];
    const given = new Set(one.parameters.filter((each) => each.in === "query").map((each) => each.name));
    const page = schema?.required ?? [];
    const faults = [!page.includes("items") && "200 does not require items", !page.includes("next") && "200 does not require next"];
    if (!one.operation["x-tidegate-one-page"]) {
      faults.push(
        !given.has("limit") && "has no parameter limit",
        !given.has("cursor") && "has no parameter cursor",
        !ok?.answer.headers?.Link && "200 has no header Link",
      );
    }
    return faults.filter(Boolean).map((fault) => ({ message: `list: ${fault}`, path: one.path }));
  });
}
