#!/usr/bin/env bash
# Tries withCors and with_cors with what others call a handler, their packages, and the examples of docs/other-runtimes.md.
# Needs Go and a JDK; installs the rest beside itself.
set -euo pipefail
cd "$(dirname "$0")"

npm install --no-save --no-package-lock --no-audit --no-fund --loglevel=error
ln -sfn ../../../../lambda/nodejs/node_modules/cdk-cors node_modules/cdk-cors
../../../node_modules/.bin/tsc -p .
node --test frameworks.mjs

rm -rf .packages
for language in js python; do node ../../../projenrc/package-helpers.js "$language" .packages; done
node --test packages.mjs

[ -d .venv ] || python3 -m venv .venv
.venv/bin/pip install --quiet mypy aws-lambda-powertools
export PYTHONPATH=../../../lambda/python PYTHONDONTWRITEBYTECODE=1
MYPYPATH=$PYTHONPATH .venv/bin/mypy --strict --warn-unused-ignores handlers.py
.venv/bin/mypy --strict ../../../lambda/python/cdk_cors_lambda
# The types are in the package, too: with nothing on the path, mypy finds py.typed where pip put it.
.venv/bin/pip install --quiet --force-reinstall .packages/*.whl
env -u PYTHONPATH .venv/bin/mypy --strict --warn-unused-ignores --cache-dir .venv/mypy handlers.py
.venv/bin/python frameworks.py

TS_NODE_PROJECT=../../../tsconfig.dev.json ../../../node_modules/.bin/ts-node --transpile-only languages.ts
