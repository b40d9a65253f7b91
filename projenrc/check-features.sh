#!/usr/bin/env bash
# Synthesizes each app of examples/features, and has the command line say what a page of the app could use.
set -euo pipefail
for app in examples/features/*/app.ts; do
  folder=$(dirname "$app")
  printf '\n--- %s\n' "$(basename "$folder")"
  CDK_OUTDIR="$folder/cdk.out" npx ts-node --transpile-only "$app"
  status=0
  node bin/cdk-cors.js check "$folder/cdk.out" --origin https://app.example.com || status=$?
  # Of include-children a part is closed to pages, and the check says so.
  [ $status = "$([ "$(basename "$folder")" = include-children ] && echo 1 || echo 0)" ]
done
