import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

const read = (path) => readFileSync(new URL(path, import.meta.url));

test("the viewer at /docs is that of the locked Redocly: npm run viewer", () => {
  const served = gunzipSync(read("../../../api/src/main/resources/docs/redoc.js.gz"));
  const locked = read("../node_modules/@redocly/cli/lib/chunks/redoc.standalone.js");
  assert.ok(served.equals(locked), "they differ");
});
