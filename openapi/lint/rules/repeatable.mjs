import { operations } from "./document.mjs";

/** Every POST can be sent again after a lost answer: by an Idempotency-Key, or x-tidegate-repeatable says why without. */
export function repeatable(document) {
  return operations(document)
    .filter(({ method }) => method === "post")
    .filter(({ parameters }) => !parameters.some(({ name, in: place }) => place === "header" && name === "Idempotency-Key"))
    .filter(({ operation }) => !/\w+ \w+/.test(operation["x-tidegate-repeatable"] ?? ""))
    .map(({ path }) => ({ message: "has neither Idempotency-Key nor x-tidegate-repeatable", path }));
}
