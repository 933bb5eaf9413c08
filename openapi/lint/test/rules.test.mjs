import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse, stringify } from "yaml";
import { readCatalogue } from "../rules/problems.mjs";
import { rules } from "../rules/index.mjs";
import { lint } from "../spectral.mjs";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const catalogue = readCatalogue(read("../../../docs/errors.md"));
const text = read("small.yaml");
const ours = (rule) => rule.startsWith("tidegate-");

/** Planted faults: the rule that must find it, and what to change in the small contract. */
const planted = [
  ["tidegate-operation-id", "not camelCase", (at) => (at.list.operationId = "list_things")],
  ["tidegate-operation-id", "that of get /v1/things too", (at) => (at.create.operationId = "listThings")],
  ["tidegate-operation-id", "(none)", (at) => delete at.create.operationId],
  ["tidegate-problems", "is application/json, not", (at) => (at.refused.content = { "application/json": {} })],
  ["tidegate-problems", "is empty, not", (at) => delete at.refused.content],
  ["tidegate-problems", "no example with its code", (at) => delete at.problem.example],
  ["tidegate-problems", "code 40400 in the example of a 429", (at) => (at.problem.example.code = 40400)],
  ["tidegate-problems", "code 42999 is not in docs/errors.md", (at) => (at.problem.example.code = 42999)],
  ["tidegate-problems", "status 400 in the example of a 429", (at) => (at.problem.example.status = 400)],
  ["tidegate-problems", "is not that of code 42910", (at) => (at.problem.example.type = "/docs/errors#not-found")],
  ["tidegate-security", "neither security nor x-tidegate-role", (at) => delete at.list.security],
  ["tidegate-security", "does not say its x-tidegate-operation", (at) => delete at.list["x-tidegate-operation"]],
  ["tidegate-security", "documents no 401", (at) => delete at.list.responses["401"]],
  ["tidegate-security", "no scheme of components: password", (at) => (at.list.security = [{ password: [] }])],
  ["tidegate-pagination", "no parameter limit", (at) => at.list.parameters.shift()],
  ["tidegate-pagination", "no parameter cursor", (at) => at.list.parameters.pop()],
  ["tidegate-pagination", "no header Link", (at) => delete at.page.headers.Link],
  ["tidegate-pagination", "does not require next", (at) => at.page.content["application/json"].schema.required.pop()],
  ["tidegate-rate-limits", "200 has no header RateLimit", (at) => delete at.page.headers.RateLimit],
  ["tidegate-rate-limits", "429 has no header Retry-After", (at) => delete at.refused.headers["Retry-After"]],
  ["tidegate-repeatable", "neither Idempotency-Key", (at) => delete at.create.parameters],
  ["tidegate-body-examples", "request as application/json has no example", (at) => delete at.create.requestBody.content["application/json"].example],
  ["tidegate-body-examples", "200 as application/json has no example", (at) => delete at.page.content["application/json"].example],
];

function plant(change) {
  const contract = parse(text);
  const { get: list, post: create } = contract.paths["/v1/things"];
  const refused = contract.components.responses.TooMany;
  const page = list.responses["200"];
  change({ list, create, refused, page, problem: refused.content["application/problem+json"] });
  return stringify(contract, { aliasDuplicateObjects: false });
}

test("a contract that keeps to the rules has no fault", async () => {
  assert.deepEqual(await lint(text, catalogue, ours), []);
});

for (const [rule, says, change] of planted) {
  test(`${rule} finds: ${says}`, async () => {
    const found = await lint(plant(change), catalogue, ours);
    assert.ok(found.length > 0, "found nothing");
    assert.ok(
      found.some((fault) => fault.rule === rule && fault.message.includes(says)),
      JSON.stringify(found),
    );
  });
}

test("each of our rules has a planted fault", () => {
  assert.deepEqual([...new Set(planted.map(([rule]) => rule))].sort(), Object.keys(rules(catalogue)).sort());
});

test("a reason stands for an Idempotency-Key, and no bare word does", async () => {
  const found = async (reason) =>
    lint(plant(({ create }) => ((create.parameters = []), (create["x-tidegate-repeatable"] = reason))), catalogue, ours);
  assert.deepEqual(await found("The same thing twice is one thing."), []);
  assert.equal((await found("yes")).length, 1);
});

test("the catalogue is read whole", () => {
  assert.equal(catalogue.get(40400), "not-found");
  assert.ok(catalogue.size > 80, `${catalogue.size} rows`);
});
