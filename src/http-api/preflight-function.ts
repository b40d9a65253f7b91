import { ArnFormat, Stack } from 'aws-cdk-lib';
import { CfnIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnRole, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnPermission, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { underSameCondition } from './conditions';
import { type HttpApiTree, homeOf } from './http-api-tree';

const ID = 'PreflightFunction';

/**
 * A Lambda function that answers 204 to whatever reaches it. API Gateway adds the CORS headers.
 *
 * Four resources, all L1: what an L2 function brings along depends on the app's feature flags. Its role allows nothing, not even a log.
 */
export class PreflightFunction extends Construct {
  /** The one of an API, made when it is first needed. */
  public static of(tree: HttpApiTree): PreflightFunction {
    const { scope, apiId } = homeOf(tree);
    const existing = scope.node.tryFindChild(ID) as PreflightFunction | undefined;
    if (existing) return existing;
    const made = new PreflightFunction(scope, apiId);
    if (tree.api) underSameCondition(made, tree.api);
    return made;
  }

  /** Of routes. */
  public readonly target: string;

  private constructor(scope: Construct, apiId: string) {
    super(scope, ID);
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: new PolicyDocument({
        statements: [new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new ServicePrincipal('lambda.amazonaws.com')] })],
      }),
    });
    const handler = new CfnFunction(this, 'Function', {
      description: 'Answers CORS preflights',
      runtime: Runtime.NODEJS_LATEST.name,
      handler: 'index.handler',
      code: { zipFile: 'exports.handler = async () => ({ statusCode: 204 });' },
      role: role.attrArn,
    });
    const integration = new CfnIntegration(this, 'Integration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: handler.attrArn,
      payloadFormatVersion: '2.0',
    });
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: handler.attrArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: apiId,
        resourceName: '*/*',
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    });
    this.target = `integrations/${integration.ref}`;
  }
}
