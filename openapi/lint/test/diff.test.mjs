import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { unaccepted } from "../diff/accepted.mjs";
import { breaks } from "../diff/contract.mjs";

const text = readFileSync(new URL("../../released/openapi.yaml", import.meta.url), "utf8");
const before = parse(text);

/** The breaks that a change of the released contract makes. */
function after(change) {
  const now = parse(text);
  change(now, now.components.schemas);
  return breaks(before, now);
}

const broken = {
  "an operation that is gone": ["POST /v1/tickets is gone", (d) => delete d.paths["/v1/tickets"].post],
  "an operation of another name": ["POST /v1/tickets is called makeTicket", (d) => (d.paths["/v1/tickets"].post.operationId = "makeTicket")],
  "a credential that does no longer": ["security: clientToken", (d) => (d.paths["/v1/channels/{channel}/messages"].post.security = [{ key: [] }])],
  "a right that is another": ["x-tidegate-role: owner, was admin", (d) => (d.paths["/v1/apps/{appId}/keys"].post["x-tidegate-role"] = "owner")],
  "a parameter that is gone": ["parameter query limit: is gone", (d) => d.paths["/v1/connections"].get.parameters.splice(0, 9)],
  "a parameter that is required now": ["parameter query limit: is required now", (d) => (d.components.parameters.Limit.required = true)],
  "a narrower parameter": ["parameter query limit the body: maximum 10, was 1000", (d) => (d.components.parameters.Limit.schema.maximum = 10)],
  "a sent field that is gone": ["request /clientId: is gone", (d, s) => delete s.TokenCreate.properties.clientId],
  "a sent field that is required now": ["clientId is required now", (d, s) => (s.TokenCreate.required = [...(s.TokenCreate.required ?? []), "clientId"])],
  "a sent value that is gone": ["durability: enum", (d, s) => s.Durability.enum.pop()],
  "an answered field that is gone": ["200 /items/items/name: is gone", (d, s) => delete s.Message.properties.name],
  "an answered field that may be missing": ["is no longer always there", (d, s) => s.Message.required.shift()],
  "an answered type that is another": ["200 /items/items/seq: type", (d, s) => (s.Message.properties.seq = { type: "string" })],
  "an answered type that may be null": ["/id: type [\"string\",\"null\"], was \"string\"", (d, s) => (s.App.properties.id = { type: ["string", "null"] })],
  "a status that is gone": ["POST /v1/tickets 201: is gone", (d) => delete d.paths["/v1/tickets"].post.responses["201"]],
  "a status that is new": ["POST /v1/tickets 202: is new", (d) => (d.paths["/v1/tickets"].post.responses["202"] = { description: "Later" })],
  "a header that is gone": ["429 header Retry-After: is gone", (d) => delete d.components.responses.TooManyRequests.headers["Retry-After"]],
  "a body that must be": ["POST /v1/tickets request: must have a body now", (d) => (d.paths["/v1/tickets"].post.requestBody.required = true)],
  "a media type that is gone": ["200: text/csv is gone", (d) => delete d.paths["/v1/tenants/{tenantId}/usage"].get.responses["200"].content["text/csv"]],
};

for (const [name, [says, change]] of Object.entries(broken)) {
  test(`breaks: ${name}`, () => {
    const found = after(change);
    assert.ok(found.some((one) => one.includes(says)), `${says} is not in ${JSON.stringify(found.slice(0, 8), null, 1)}`);
  });
}

const harmless = {
  "other words": (d) => (d.info.description = d.paths["/v1/tickets"].post.summary = "Other words"),
  "a new operation": (d) => (d.paths["/v1/new"] = { get: { operationId: "getNew", responses: {} } }),
  "a new optional field to send": (d, s) => (s.TokenCreate.properties.more = { type: "string" }),
  "a new field in answers": (d, s) => (s.Message.properties.more = { type: "string" }),
  "a new optional parameter": (d) => d.paths["/v1/tokens"].post.parameters = [{ name: "more", in: "query", schema: { type: "string" } }],
  "a wider parameter": (d) => (d.components.parameters.Limit.schema.maximum = 5000),
  "a refusal that is no more": (d) => delete d.paths["/v1/tokens"].post.responses["415"],
  "another name of a path's parameter": (d) => {
    d.paths["/v1/apps/{id}"] = d.paths["/v1/apps/{appId}"];
    delete d.paths["/v1/apps/{appId}"];
    d.components.parameters.AppId.name = "id";
    for (const path of Object.keys(d.paths).filter((each) => each.includes("{appId}"))) {
      d.paths[path.replace("{appId}", "{id}")] = d.paths[path];
      delete d.paths[path];
    }
  },
};

for (const [name, change] of Object.entries(harmless)) {
  test(`does not break: ${name}`, () => assert.deepEqual(after(change), []));
}

test("a break is accepted with a reason alone, and only while it is one", () => {
  const accepted = [{ breaks: "GET /v1/a is gone", reason: "Nobody ever used it." }];
  assert.deepEqual(unaccepted(["GET /v1/a is gone", "GET /v1/b is gone"], accepted), ["GET /v1/b is gone"]);
  assert.deepEqual(unaccepted([], accepted), ["accepted and not found: GET /v1/a is gone"]);
  const bare = [{ breaks: "GET /v1/a is gone", reason: "ok" }];
  assert.deepEqual(unaccepted(["GET /v1/a is gone"], bare), ["accepted without a reason: GET /v1/a is gone"]);
});
