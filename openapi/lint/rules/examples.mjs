import { answers, examples, operations, resolve } from "./document.mjs";

/** Every body is shown: what is sent, and what is answered. */
export function bodyExamples(document) {
  return operations(document).flatMap((one) => {
    const sent = resolve(document, one.operation.requestBody);
    const bodies = [{ name: "request", content: sent?.content, path: [...one.path, "requestBody"] }];
    for (const { status, answer, path } of answers(document, one, /./)) {
      bodies.push({ name: status, content: answer.content, path });
    }
    return bodies.flatMap(({ name, content, path }) =>
      Object.entries(content ?? {})
        .filter(([, media]) => examples(document, media).length === 0)
        .map(([type]) => ({ message: `${name} as ${type} has no example`, path })),
    );
  });
}
