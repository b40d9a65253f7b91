#!/usr/bin/env bash
# Packages for .NET, which ends with the tests of the example. Without the .NET SDK, what can be checked: the generated code and
# the example parse, and the example names nothing that is not there.
set -euo pipefail
cd "$(dirname "$0")/../.."

if command -v dotnet; then
  exec npx projen package:dotnet
fi
echo 'There is no .NET SDK here: C# is generated and parsed, and the names in the example are looked up.'
rm -rf dist/dotnet
jsii-pacmak --code-only --force --rosetta-unknown-snippets fail --target dotnet
[ -d .python/csharp ] || python3 -m venv .python/csharp
.python/csharp/bin/pip install --quiet 'tree-sitter>=0.23,<1' 'tree-sitter-c-sharp>=0.23,<1'
.python/csharp/bin/python projenrc/csharp/check.py
