import { answers, operations } from "./document.mjs";

const RATES = ["RateLimit-Policy", "RateLimit"];

/**
 * Answers of the data plane say what is left of their rates; streams and handshakes, whose answer is
 * the beginning of a connection, do not. Every 429 says when to come back.
 */
export function rateLimits(document) {
  return operations(document).flatMap((one) => {
    const { operation } = one;
    const counted = operation["x-tidegate-operation"] && !operation.tags?.includes("subscribe") && !operation.responses?.["101"];
    const good = counted ? answers(document, one, /^2/) : [];
    return [
      ...good.flatMap((each) => missing(each, RATES)),
      ...answers(document, one, /^429$/).flatMap((each) => missing(each, ["Retry-After", ...RATES])),
    ];
  });
}

function missing({ status, answer, path }, names) {
  const without = names.filter((name) => !answer.headers?.[name]);
  return without.length === 0 ? [] : [{ message: `${status} has no header ${without.join(", ")}`, path }];
}
