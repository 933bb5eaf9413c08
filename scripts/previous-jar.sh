#!/bin/sh
# Builds the gateway of the version before, for `make faults`, and prints where its jar is. Which one that
# is says faults/PREVIOUS. Prints nothing, and says so, where that commit or its libraries are not to be had.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
commit=$(sed -n '/^#/!p' "$root/faults/PREVIOUS" | head -n 1)
to="$root/faults/target/previous"
jar="$to/tidegate-$commit.jar"
if [ ! -s "$jar" ]; then
  if ! git -C "$root" cat-file -e "$commit^{commit}" 2>/dev/null; then
    echo "SKIPPED: the history of this clone does not have $commit: no change of version is tested" >&2
    exit 0
  fi
  rm -rf "$to/source" && mkdir -p "$to/source" || exit 1
  git -C "$root" archive "$commit" | tar -x -C "$to/source" || exit 1
  if ! (cd "$to/source" && mvn -B -q -pl api package -Dmaven.test.skip=true -Dspotless.check.skip=true) \
      >"$to/build.log" 2>&1; then
    echo "SKIPPED: $commit does not build ($to/build.log): no change of version is tested" >&2
    exit 0
  fi
  mv "$to/source/api/target/tidegate.jar" "$jar" && rm -rf "$to/source" || exit 1
fi
echo "$jar"
