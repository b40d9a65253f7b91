#!/usr/bin/env bash
# Builds the example with the package in dist/dotnet, runs its tests, and checks it.
set -euo pipefail
cd "$(dirname "$0")/../../examples/csharp"

packages=$PWD/../../dist/dotnet
version=$(node -p 'require("../../package.json").version')
properties=("-p:CdkCorsVersion=$version" "-p:RestoreAdditionalProjectSources=$packages")
dotnet test Shop.Tests "${properties[@]}"
CDK_OUTDIR=cdk.out dotnet run --project Shop "${properties[@]}"
node ../../bin/cdk-cors.js check cdk.out --origin https://app.example.com
