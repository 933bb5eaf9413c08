import spectral from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import rulesets from "@stoplight/spectral-rulesets";
import { rules } from "./rules/index.mjs";

/** Spectral's rules for OpenAPI, as far as they are ours too, and our own. Each fault is an error. */
const ruleset = (catalogue) => ({
  extends: [[rulesets.oas, "all"]],
  rules: {
    // Nobody's address belongs in a program that others run.
    "contact-properties": "off",
    "info-contact": "off",
    // The licence is named by its SPDX identifier.
    "license-url": "off",
    // A path says what it serves; summaries are required by Redocly, descriptions where there is more to say.
    "operation-description": "off",
    // Served where the gateway is, which is at /.
    "oas3-server-trailing-slash": "off",
    "oas3-api-servers": "error",
    // A WebSocket handshake succeeds with 101.
    "operation-success-response": "off",
    // Parameters name themselves; Redocly checks examples against schemas, ContractExamplesTest does too.
    "oas3-parameter-description": "off",
    "oas3-valid-media-example": "off",
    "oas3-valid-schema-example": "off",
    // Order of tags is the order of the reference; what any route may answer is used by tests.
    "openapi-tags-alphabetical": "off",
    "oas3-unused-component": "off",
    ...Object.fromEntries(Object.entries(rules(catalogue)).map(([name, rule]) => [name, own(rule)])),
  },
});

const own = (rule) => ({
  given: "$",
  resolved: false,
  severity: "error",
  message: "{{error}}",
  then: { function: (document) => rule(document) },
});

/** Faults of an OpenAPI text, as `{rule, message, path, line}`, in the order of the file. */
export async function lint(text, catalogue, only = () => true) {
  const judge = new spectral.Spectral();
  judge.setRuleset(ruleset(catalogue));
  const found = await judge.run(new spectral.Document(text, parsers.Yaml, "openapi.yaml"));
  return found
    .filter(({ code }) => only(code))
    .map(({ code, message, path, range }) => ({ rule: code, message, path: path.join("."), line: range.start.line + 1 }));
}
