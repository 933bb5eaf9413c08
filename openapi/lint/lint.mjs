// Lints the contract: Spectral with our rules, then Redocly. Any fault fails.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readCatalogue } from "./rules/problems.mjs";
import { lint } from "./spectral.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const catalogue = readCatalogue(readFileSync(at("../../docs/errors.md"), "utf8"));
const faults = await lint(readFileSync(at("../openapi.yaml"), "utf8"), catalogue);
for (const { line, rule, message, path } of faults) console.error(`openapi.yaml:${line} ${rule}: ${message} (${path})`);
console.log(`Spectral: ${faults.length} faults`);

const redocly = spawnSync(
  process.execPath,
  [
    at("node_modules/@redocly/cli/bin/cli.js"),
    "lint",
    "--config",
    at("../redocly.yaml"),
    "--format=github-actions",
    "--max-problems=100",
    at("../openapi.yaml"),
    at("../asyncapi.yaml"),
  ],
  { encoding: "utf8", env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" } },
);
const warned = /::(warning|error)/.test(redocly.stdout);
if (redocly.status !== 0 || warned) console.error(redocly.stdout + redocly.stderr);
console.log(`Redocly: ${redocly.status === 0 && !warned ? "0 faults" : "faults"}`);
process.exitCode = faults.length > 0 || redocly.status !== 0 || warned ? 1 : 0;
