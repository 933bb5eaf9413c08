import { answers, examples, isManagement, operations } from "./document.mjs";

const PROBLEM = "application/problem+json";

/**
 * A refusal is application/problem+json and nothing else, and its example is a row of the catalogue:
 * code, status and type belong together. The catalogue maps codes to slugs.
 */
export function problems(document, catalogue) {
  return operations(document)
    .filter((one) => !isManagement(one))
    .flatMap((one) => answers(document, one, /^[45]/))
    .flatMap(({ status, answer, path }) => {
      const types = Object.keys(answer.content ?? {});
      if (types.length !== 1 || types[0] !== PROBLEM) {
        return [{ message: `${status} is ${types.join(", ") || "empty"}, not ${PROBLEM}`, path }];
      }
      const shown = examples(document, answer.content[PROBLEM]);
      if (shown.length === 0) return [{ message: `${status} has no example with its code`, path }];
      return shown.flatMap((problem) => wrong(problem, status, catalogue).map((message) => ({ message, path })));
    });
}

function wrong({ code, status, type }, answered, catalogue) {
  const slug = catalogue.get(code);
  return [
    String(status) !== answered && `status ${status} in the example of a ${answered}`,
    Math.floor(code / 100) !== Number(answered) && `code ${code} in the example of a ${answered}`,
    slug === undefined && `code ${code} is not in docs/errors.md`,
    slug !== undefined && type !== `/docs/errors#${slug}` && `type ${type} is not that of code ${code}`,
  ].filter(Boolean);
}

/** Codes and slugs of docs/errors.md. */
export function readCatalogue(markdown) {
  return new Map([...markdown.matchAll(/^\| (\d{5}) \| <a id="([a-z0-9-]+)">/gm)].map(([, code, slug]) => [Number(code), slug]));
}
