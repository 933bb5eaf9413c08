#!/bin/sh
# What a CI job calls: `pipeline.sh up` for a push, `pipeline.sh down` when the branch is gone. In its environment, from the
# CI's own store of secrets: TIDEGATE_TOKEN (a control token), TF_VAR_endpoint, TF_VAR_tenant_id, TF_VAR_branch, TF_VAR_run,
# TF_VAR_tests. TOFU names another program than tofu, such as terraform. The state of a branch is its workspace's;
# a real pipeline keeps it in a backend that all jobs reach.
set -eu
cd "$(dirname "$0")"
tofu=${TOFU:-tofu}
workspace=$(printf %s "$TF_VAR_branch" | tr -c 'A-Za-z0-9' '-')

[ -n "${SKIP_INIT:-}" ] || "$tofu" init -input=false
"$tofu" workspace select -or-create "$workspace"
case ${1:-up} in
  up) "$tofu" apply -input=false -auto-approve ;;
  down)
    TF_VAR_tests=true "$tofu" destroy -input=false -auto-approve
    "$tofu" workspace select default
    "$tofu" workspace delete "$workspace"
    ;;
  *) echo "usage: pipeline.sh up|down" >&2; exit 2 ;;
esac
