import { bodyExamples } from "./examples.mjs";
import { operationId } from "./operation-id.mjs";
import { pagination } from "./pagination.mjs";
import { problems } from "./problems.mjs";
import { rateLimits } from "./rate-limits.mjs";
import { repeatable } from "./repeatable.mjs";
import { security } from "./security.mjs";

/** Our own rules by name, each a function of the document to faults `{message, path}`. */
export const rules = (catalogue) => ({
  "tidegate-operation-id": operationId,
  "tidegate-problems": (document) => problems(document, catalogue),
  "tidegate-security": security,
  "tidegate-pagination": pagination,
  "tidegate-rate-limits": rateLimits,
  "tidegate-repeatable": repeatable,
  "tidegate-body-examples": bodyExamples,
});
