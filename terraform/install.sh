#!/bin/sh
# Builds the provider into the folder where OpenTofu and Terraform look before they ask anybody, and prints it. A
# provider that is found there is asked of no registry, so that nothing else has to be configured.
set -eu
cd "$(dirname "$0")/provider"
version=0.1.0
command -v go >/dev/null || { echo "The provider is built with Go (1.26 or later), which is not installed." >&2; exit 1; }
folder=$HOME/.terraform.d/plugins/tidegate.io/tidegate/tidegate/$version/$(go env GOOS)_$(go env GOARCH)
mkdir -p "$folder"
go build -buildvcs=false -ldflags="-X main.version=$version" -o "$folder/terraform-provider-tidegate_v$version" .
echo "$folder"
