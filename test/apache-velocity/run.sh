#!/bin/sh
# Runs templates through Apache Velocity itself, in the version that API Gateway is said to run and in today's, and
# compares with what cases.ts expects. Needs a JDK (17 or newer) and Maven beside Node.js.
#   test/apache-velocity/run.sh [cases.json]    cases of your own, in the format of cases.ts
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ $# -gt 0 ]; then
  cp "$1" "$work/cases.json"
else
  npx --no ts-node -- --transpileOnly "$here/cases.ts" "$work/cases.json"
fi

failed=0
for version in 1.7 2.4.1; do
  mvn --quiet --batch-mode -Dstyle.color=never --file "$here/pom.xml" -P "velocity-$version" dependency:copy-dependencies -DoutputDirectory="$work/jars-$version"
  java -cp "$work/jars-$version/*" "$here/Evaluate.java" "$work/cases.json" "$work/results.json"
  echo "Apache Velocity $version"
  npx --no ts-node -- --transpileOnly "$here/compare.ts" "$work/cases.json" "$work/results.json" "$version" || failed=1
done
exit $failed
