#!/bin/sh
# Prints the home of the JDK to use: JAVA_HOME when it is 21 or later, else the newest one in the
# usual folders. Says what to install, and fails, when there is none.
least=21

major() {
  [ -x "$1/bin/javac" ] || return 0
  sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

if [ -n "$JAVA_HOME" ] && [ "$(major "$JAVA_HOME")" -ge $least ] 2>/dev/null; then
  echo "$JAVA_HOME"
  exit 0
fi
best=
best_major=0
for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
  "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  found=$(major "$home")
  if [ -n "$found" ] && [ "$found" -gt $best_major ]; then
    best=$home
    best_major=$found
  fi
done
if [ $best_major -lt $least ]; then
  echo "Tidegate needs a JDK of version $least or later: install one (25 is best) or set JAVA_HOME." >&2
  exit 1
fi
echo "$best"
