import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';

const ID = 'CdkCorsLayer';

/**
 * The layer with `withCors` and `with_cors`: the package's folder `lambda/`, as it is. It holds no
 * policy, so one serves all functions of a stack; and one for each stack, since a stack that
 * exports a layer version could never replace it.
 */
export function layerFor(user: IConstruct): LayerVersion {
  const stack = Stack.of(user);
  const existing = stack.node.tryFindChild(ID) as LayerVersion | undefined;
  return (
    existing ??
    new LayerVersion(stack, ID, {
      description: 'cdk-cors: withCors for Node.js, with_cors for Python',
      license: 'Apache-2.0',
      code: Code.fromAsset(join(__dirname, '..', '..', 'lambda'), {
        exclude: ['*.d.ts', 'py.typed', 'pyproject.toml', 'README.md', '__pycache__', '*.egg-info', 'build'],
      }),
    })
  );
}
