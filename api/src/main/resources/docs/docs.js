// The contract that this gateway serves, shown by Redoc. Nothing is fetched from elsewhere.
const page = document.querySelector("#redoc");
const options = { scrollYOffset: "nav", jsonSamplesExpandLevel: 3, hideLoading: true };
Redoc.init("/openapi.yaml", options, page, (fault) => {
  if (fault) page.textContent = `The reference cannot be shown: ${fault.message}. The contract is at /openapi.yaml.`;
});
