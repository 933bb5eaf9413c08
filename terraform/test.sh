#!/bin/sh
# sh terraform/test.sh units       what needs neither a gateway nor OpenTofu; skipped, and said so, where Go is missing
# sh terraform/test.sh acceptance  that, then the provider at real gateways with a real OpenTofu, the plain command
#                                  line, the modules, and the checks of the chart, its dashboards and its alert rules
set -eu
cd "$(dirname "$0")"
if ! command -v go >/dev/null; then
  case $1 in
    units)
      echo "SKIPPED (1 part): the Terraform provider is neither built nor tested, as Go is not installed here." >&2
      exit 0
      ;;
    *)
      echo "The Terraform tests need Go, 1.26 or later." >&2
      exit 1
      ;;
  esac
fi

units() {
  unformatted=$(gofmt -l .)
  [ -z "$unformatted" ] || { echo "not formatted (gofmt -w):" "$unformatted" >&2; return 1; }
  cd provider
  go build -buildvcs=false -o /dev/null .
  go vet ./...
  env -u TF_ACC go test ./...
  cd ..
}

acceptance() {
  TF_ACC_TERRAFORM_PATH=$(sh tools/build.sh tofu)
  export TF_ACC_TERRAFORM_PATH TF_ACC=1 TF_ACC_PROVIDER_HOST=tidegate.io TF_ACC_PROVIDER_NAMESPACE=tidegate
  # Whatever this machine's user has configured for it is not meant for the tests.
  export TF_CLI_CONFIG_FILE=/dev/null
  cd provider
  go test -count=1 -timeout 30m ./internal/acceptance/...
  cd ../checks
  go vet ./...
  go test -count=1 -timeout 30m ./...
  cd ..
}

case $1 in
  units) units ;;
  acceptance)
    units
    acceptance
    ;;
  *) echo "units or acceptance?" >&2; exit 2 ;;
esac
