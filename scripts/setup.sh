#!/bin/sh
# Installs what the fuller tests need (a browser, Redis, nginx) where that is possible: as root with
# apt-get. Elsewhere says what is missing; the tests that need it are then skipped, and counted.
set -u
want=
command -v chromium >/dev/null 2>&1 || want="$want chromium"
command -v redis-server >/dev/null 2>&1 || want="$want redis-server"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null 2>&1 || want="$want nginx-light"
[ -z "$want" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing:$want"
  if (apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $want) >/tmp/tidegate-setup.log 2>&1; then
    exit 0
  fi
  tail -n 5 /tmp/tidegate-setup.log
fi
echo "NOT INSTALLED:$want. The tests that need it are skipped." >&2
[ "${CI:-}" = true ] && exit 1
exit 0
