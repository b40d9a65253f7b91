#!/usr/bin/env bash
# The cdk-cors of the app, or else the version that was asked for, installed beside the app.
set -euo pipefail
if [ -x node_modules/.bin/cdk-cors ]; then
  command="$PWD/node_modules/.bin/cdk-cors"
else
  folder="$RUNNER_TEMP/cdk-cors"
  npm install --no-audit --no-fund --loglevel=error --prefix "$folder" -- "cdk-cors@$INPUT_VERSION"
  command="$folder/node_modules/.bin/cdk-cors"
fi
echo "cdk-cors $("$command" --version)"
echo "command=$command" >>"$GITHUB_OUTPUT"
