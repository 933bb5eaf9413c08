#!/bin/sh
# Runs every fuzz test for the time it names, each in a JVM of its own, as the fuzzer wants it.
# What it finds it leaves beside the corpus in api/src/test/resources, and the run ends there.
# $@: the Maven command.
set -e
cd "$(dirname "$0")/.."
"$@" -pl api test-compile
for file in $(cd api/src/test/java && grep -rl '@FuzzTest' . | sort); do
  class=$(echo "$file" | sed 's|^\./||; s|\.java$||; s|/|.|g')
  for method in $(sed -n 's/^  void \([a-zA-Z]*\)(byte.*/\1/p' "api/src/test/java/$file"); do
    echo "== $class#$method"
    JAZZER_FUZZ=1 "$@" -pl api surefire:test@fuzz -Dtest="$class#$method"
  done
done
