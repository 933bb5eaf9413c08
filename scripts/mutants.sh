#!/bin/sh
# Changes the code of a package in small ways, one at a time (mutants), and counts how many of them its
# tests notice: 80 % of all that were made, whether a test runs through them or not, or this fails.
# PACKAGES="auth limit" chooses; $@: the Maven command. Reports under api/target/mutants.
set -eu
cd "$(dirname "$0")/.."
LEAST=80
out=api/target/mutants
failed=

# What else knows the package than the tests in it.
tests_of() {
  case $1 in
  channel) echo 'io.tidegate.channel.*,io.tidegate.publish.DraftReaderTest,io.tidegate.publish.PublisherTest' ;;
  *) echo "io.tidegate.$1.*" ;;
  esac
}

# $1: a name for the report, $2: classes, $3: tests; then what else Maven is told.
mutate() {
  name=$1 classes=$2 tests=$3
  shift 3
  "$@" -pl api -Pmutation org.pitest:pitest-maven:mutationCoverage -Dmutation.classes="$classes" \
    -Dmutation.tests="$tests" -DreportsDirectory="$PWD/$out/$name" >"$out/$name.log" 2>&1 ||
    { tail -n 40 "$out/$name.log" >&2 && exit 1; }
}

with() { # how many mutants ended so
  grep -c "status='$1'" "$mutants" || true
}

"$@" -pl api test-compile
mkdir -p "$out"
for package in ${PACKAGES:-channel auth allowance limit hub}; do
  began=$(date +%s)
  mutate "$package" "io.tidegate.$package.*" "$(tests_of "$package")" "$@"
  mutants=$out/$package.xml
  grep '^<mutation ' "$out/$package/mutations.xml" >"$mutants"

  # The JDK lets a record with annotated types be redefined once only (JDK-8376185): whatever came second
  # in such a process was not tried. Again, each mutant of such classes in a process of its own.
  again=$(sed -n "s/.*status='RUN_ERROR'.*<mutatedClass>\([^<]*\)<.*/\1/p" "$mutants" | sort -u)
  if [ -n "$again" ]; then
    mutate "$package-again" "$(echo "$again" | paste -sd,)" "$(tests_of "$package")" "$@" -DmutationUnitSize=1
    for class in $again; do
      grep -v -F "<mutatedClass>$class<" "$mutants" >"$mutants.others" || true
      grep -F "<mutatedClass>$class<" "$out/$package-again/mutations.xml" >>"$mutants.others"
      mv "$mutants.others" "$mutants"
    done
  fi

  hung=$(($(with TIMED_OUT) + $(with MEMORY_ERROR)))
  killed=$(($(with KILLED) + hung))
  made=$(($(grep -c . "$mutants") - $(with NON_VIABLE)))
  echo "$package: $killed of $made killed, $((killed * 100 / made)) % ($hung of them hung;" \
    "$(with NO_COVERAGE) in code that no test of it runs; $(($(date +%s) - began)) s)"
  if [ $((killed * 100)) -lt $((made * LEAST)) ]; then
    failed="$failed $package"
  fi
done
[ -z "$failed" ] || { echo "Below $LEAST %:$failed. See $out/PACKAGE/index.html" >&2 && exit 1; }
