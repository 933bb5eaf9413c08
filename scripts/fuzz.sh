#!/bin/sh
# Runs every fuzz test for the time it names, each in a JVM of its own, as the fuzzer wants it, and
# ends with a line for each; all of them run, whatever one of them finds. A finding is left beside the
# corpus in api/src/test/resources. A JVM that dies, that was out of memory on any of its threads, or
# in which the fuzzer did not come to its end is a failure too. Logs: api/target/fuzz.
# $TARGET: a part of the name of those to run, all when it is not set. $@: the Maven command.
set -eu
cd "$(dirname "$0")/.."
logs=api/target/fuzz
"$@" -pl api test-compile
rm -rf $logs
mkdir -p $logs

# Why the run behind this log is not good; nothing when it is. $1: log, $2: Maven's exit code
fault() {
  if ls api/target/*.hprof >/dev/null 2>&1; then
    echo "out of memory, see $(echo api/target/*.hprof)"
  elif ls api/target/hs_err*.log >/dev/null 2>&1; then
    echo "the JVM crashed, see $(echo api/target/hs_err*.log)"
  elif grep -q 'FuzzTestFindingException: ' "$1"; then
    sed -n '/FuzzTestFindingException: /{s/.*FuzzTestFindingException: //;p;q;}' "$1" | cut -c 1-150
  elif [ "$2" != 0 ]; then
    echo "the run failed (exit code $2)"
  elif ! grep -q 'Done [0-9]* runs in ' "$1"; then
    echo 'the fuzzer did not come to its end'
  fi
}

failures=0
for file in $(cd api/src/test/java && grep -rl '@FuzzTest' . | sort); do
  class=$(echo "$file" | sed 's|^\./||; s|\.java$||; s|/|.|g')
  for method in $(sed -n 's/^  void \([a-zA-Z]*\)(byte.*/\1/p' "api/src/test/java/$file"); do
    case "$class#$method" in *"${TARGET:-}"*) ;; *) continue ;; esac
    log="$logs/$class.$method.log"
    echo "== $class#$method"
    rm -f api/target/*.hprof api/target/hs_err*.log
    code=0
    JAZZER_FUZZ=1 "$@" -pl api surefire:test@fuzz -Dtest="$class#$method" >"$log" 2>&1 || code=$?
    fault=$(fault "$log" $code)
    runs=$(sed -n 's/.*Done \([0-9]* runs in [0-9]*\) second.*/\1 s/p' "$log" | tail -n 1)
    if [ -z "$fault" ]; then
      echo "ok    $class#$method: $runs" >>$logs/summary
    else
      failures=$((failures + 1))
      tail -n 60 "$log"
      echo "FAIL  $class#$method: $fault: $log" >>$logs/summary
    fi
  done
done

# The contract's operations, asked made-up questions. The seed is new each time, and in the report; SEED=7 for one of them.
class=EveryOperationKeepsToTheContractTest
case "$class" in *"${TARGET:-}"*)
  seed=${SEED:-$(date +%s)}
  log="$logs/$class.log"
  echo "== $class, seed $seed"
  if "$@" -pl api surefire:test@default-test -Dtest="$class" -Dtidegate.contract.requests="${REQUESTS:-20000}" \
    -Dtidegate.contract.seed="$seed" >"$log" 2>&1; then
    echo "ok    $class: ${REQUESTS:-20000} requests, seed $seed" >>$logs/summary
  else
    failures=$((failures + 1))
    tail -n 60 "$log"
    echo "FAIL  $class: seed $seed: $log" >>$logs/summary
  fi
esac
echo
cat $logs/summary
echo "$(grep -c '' $logs/summary) fuzz tests, $failures failed"
[ $failures = 0 ]
