// Fails when the contract breaks clients of the last release, but for what openapi/released/accepted-breaks.yaml accepts.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { unaccepted } from "./diff/accepted.mjs";
import { breaks } from "./diff/contract.mjs";

const read = (path) => parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const found = breaks(read("../released/openapi.yaml"), read("../openapi.yaml"));
const faults = unaccepted(found, read("../released/accepted-breaks.yaml") ?? []);
for (const fault of faults) console.error(fault);
console.log(`Breaking changes: ${found.length} found, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;
