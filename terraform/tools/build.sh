#!/bin/sh
# Builds the tools named, and prints where each is, one path a line:
#   sh terraform/tools/build.sh tofu        OpenTofu, for the acceptance tests and the plain CLI
#   sh terraform/tools/build.sh helm kubeconform promtool
# Their sources come through the Go module proxy, at the versions and hashes of go.mod and go.sum in the folder of
# each. What is built is kept outside the repository, in a folder named by the hash of go.sum, so that it is built
# once a version: OpenTofu takes some minutes the first time, nothing after it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tidegate/tools

# How a tool is made: the folder of its module, its package, and flags. OpenTofu has a module of its own, since it needs
# its own fork of hcl and an older Kubernetes client; the others share one, so that what they have in common (the
# Kubernetes client is most of helm and a third of promtool) is compiled once.
recipe() {
  flags='' link=''
  case $1 in
    # Without that it calls itself a development build.
    tofu) module=tofu package=github.com/opentofu/opentofu/cmd/tofu link='-X github.com/opentofu/opentofu/version.dev=no' ;;
    helm) module=checks package=helm.sh/helm/v4/cmd/helm ;;
    kubeconform) module=checks package=github.com/yannh/kubeconform/cmd/kubeconform ;;
    # Rules are checked without any cloud's service discovery, which is most of what it is made of.
    promtool) module=checks package=github.com/prometheus/prometheus/cmd/promtool flags=-tags=remove_all_sd ;;
    *) echo "no such tool: $1 (tofu, helm, kubeconform, promtool)" >&2; return 1 ;;
  esac
}

hash() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-16
}

for tool in "${@:-tofu}"; do
  recipe "$tool"
  folder=$cache/$(hash "$here/$module/go.sum")
  if [ ! -x "$folder/$tool" ]; then
    command -v go >/dev/null || { echo "$tool is built with Go, which is not installed." >&2; exit 1; }
    echo "building $tool, once, into $folder" >&2
    mkdir -p "$folder"
    part=$folder/$tool.$$
    # Two at once build the same thing, and the last to end wins.
    (cd "$here/$module" && go build -buildvcs=false -ldflags="-s -w $link" $flags -o "$part" "$package") >&2
    mv "$part" "$folder/$tool"
  fi
  echo "$folder/$tool"
done
