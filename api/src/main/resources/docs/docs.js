// The contract that this gateway serves, shown by Redocly's reference viewer. Nothing is fetched from elsewhere.
import { init } from "/docs/redoc.js";

const page = document.querySelector("#redoc");
try {
  await init("/openapi.yaml", { disableTelemetry: true, hideLoading: true, jsonSamplesExpandLevel: 3 }, page);
} catch (fault) {
  page.textContent = `The reference cannot be shown: ${fault.message}. The contract is at /openapi.yaml.`;
}
