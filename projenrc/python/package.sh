#!/usr/bin/env bash
# The wheel and the source distribution, with a `cdk-cors` command that starts Node.js at once.
set -euo pipefail
cd "$(dirname "$0")/../.."

code=.python/code
rm -rf dist/python "$code"
jsii-pacmak --code-only --force --rosetta-unknown-snippets fail --target python --outdir "$code"
cp projenrc/python/cdk-cors "$code/python/src/cdk_cors/_jsii/bin/cdk-cors"

[ -d .python/build ] || python3 -m venv .python/build
.python/build/bin/pip install --quiet --requirement node_modules/jsii-pacmak/lib/targets/python/requirements-dev.txt
.python/build/bin/python -m build --outdir dist/python "$code/python"
.python/build/bin/python -m twine check dist/python/*
