#!/bin/sh
# Prints the path of a Redis server to start: redis-server or valkey-server on the PATH, else the
# one in a Maven artifact, unpacked under api/target. Nothing where TIDEGATE_REDIS_URL names one
# that runs.
artifact=com.github.codemonstur:embedded-redis:1.4.3
folder=api/target/redis-server

[ -n "${TIDEGATE_REDIS_URL:-}${TIDEGATE_REDIS_URL_FILE:-}" ] && exit 0
if [ -n "${TIDEGATE_REDIS_SERVER:-}" ]; then
  echo "$TIDEGATE_REDIS_SERVER"
  exit 0
fi
for name in redis-server valkey-server; do
  command -v $name 2>/dev/null && exit 0
done

case "$(uname -s)/$(uname -m)" in
  Linux/x86_64) program=redis-server-6.2.6-v5-linux-amd64 ;;
  Linux/aarch64) program=redis-server-6.2.7-linux-arm64 ;;
  Darwin/arm64) program=redis-server-6.2.6-v5-darwin-arm64 ;;
  *)
    echo "No Redis comes with Maven for this machine: install redis-server or valkey-server." >&2
    exit 1
    ;;
esac
if [ ! -x "$folder/$program" ]; then
  echo "No redis-server is installed: taking the one in $artifact" >&2
  if ! { mkdir -p $folder &&
    mvn -B -q dependency:copy -Dartifact=$artifact -DoutputDirectory=$folder &&
    (cd $folder && "$JAVA_HOME/bin/jar" xf embedded-redis-*.jar $program && chmod +x $program); } >&2; then
    echo "It cannot be had: install redis-server or valkey-server, or set TIDEGATE_REDIS_URL." >&2
    exit 1
  fi
fi
echo "$PWD/$folder/$program"
