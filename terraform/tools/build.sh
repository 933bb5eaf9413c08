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

# Where a tool is made: the folder of its module, its package, and flags. Three modules, not one: OpenTofu needs its
# own fork of hcl and an older Kubernetes client than helm, and each is best built with the versions it was tried with.
recipe() {
  case $1 in
    tofu) echo tofu github.com/opentofu/opentofu/cmd/tofu ;;
    helm) echo kube helm.sh/helm/v4/cmd/helm ;;
    kubeconform) echo kube github.com/yannh/kubeconform/cmd/kubeconform ;;
    # Rules are checked without any cloud's service discovery, which is most of what it is made of.
    promtool) echo prom github.com/prometheus/prometheus/cmd/promtool -tags=remove_all_sd ;;
    *) echo "no such tool: $1 (tofu, helm, kubeconform, promtool)" >&2; return 1 ;;
  esac
}

hash() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -c 1-16
}

for tool in "${@:-tofu}"; do
  made=$(recipe "$tool")
  set -- $made
  module=$1 package=$2 flags=${3:-}
  folder=$cache/$(hash "$here/$module/go.sum")
  if [ ! -x "$folder/$tool" ]; then
    command -v go >/dev/null || { echo "$tool is built with Go, which is not installed." >&2; exit 1; }
    echo "building $tool, once, into $folder" >&2
    mkdir -p "$folder"
    part=$folder/$tool.$$
    # Two at once build the same thing, and the last to end wins.
    (cd "$here/$module" && go build -buildvcs=false -ldflags='-s -w' $flags -o "$part" "$package") >&2
    mv "$part" "$folder/$tool"
  fi
  echo "$folder/$tool"
done
