#!/usr/bin/env bash
# Tries withCors and with_cors with what others call a handler, and the examples of docs/other-runtimes.md.
# Needs Go and a JDK; installs the rest beside itself.
set -euo pipefail
cd "$(dirname "$0")"

npm install --no-save --no-package-lock --no-audit --no-fund --loglevel=error
ln -sfn ../../../../lambda/nodejs/node_modules/cdk-cors node_modules/cdk-cors
../../../node_modules/.bin/tsc -p .
node --test frameworks.mjs

[ -d .venv ] || python3 -m venv .venv
.venv/bin/pip install --quiet mypy aws-lambda-powertools
export PYTHONPATH=../../../lambda/python PYTHONDONTWRITEBYTECODE=1
MYPYPATH=$PYTHONPATH .venv/bin/mypy --strict --warn-unused-ignores handlers.py
.venv/bin/mypy --strict ../../../lambda/python/cdk_cors_lambda
.venv/bin/python frameworks.py

TS_NODE_PROJECT=../../../tsconfig.dev.json ../../../node_modules/.bin/ts-node --transpile-only languages.ts
