import { ArnFormat, CfnResource, Stack } from 'aws-cdk-lib';
import { CfnIntegration } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnRole, PolicyDocument, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnPermission, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { suppressNag } from '../tree/nag';
import { underSameCondition } from '../tree/under-same-condition';

const ID = 'PreflightFunction';

/** What a function is made of that compares origins. */
export interface PreflightCode {
  readonly zipFile: string;
  readonly layers: string[];
  readonly variables: Record<string, string>;
}

/**
 * A Lambda function that answers 204 to whatever reaches it. API Gateway adds the CORS headers,
 * unless it is told to do without: then the code compares origins, and sends them.
 *
 * All L1: what an L2 function brings along depends on the app's feature flags. Its role allows
 * nothing, not even a log.
 */
export class PreflightFunction extends Construct {
  /** The one of an API, made when it is first needed. */
  public static of({ scope, apiId }: { scope: Construct; apiId: string }): PreflightFunction {
    const existing = PreflightFunction.existing({ scope });
    if (existing) return existing;
    const made = new PreflightFunction(scope, apiId);
    made.underCondition();
    return made;
  }

  /** The one of an API, if it is needed. */
  public static existing({ scope }: { scope: Construct }): PreflightFunction | undefined {
    return scope.node.tryFindChild(ID) as PreflightFunction | undefined;
  }

  /** The ARN of the function. */
  public readonly arn: string;

  private readonly handler: CfnFunction;

  private constructor(
    scope: Construct,
    private readonly apiId: string,
  ) {
    super(scope, ID);
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['sts:AssumeRole'],
            principals: [new ServicePrincipal('lambda.amazonaws.com')],
          }),
        ],
      }),
    });
    this.handler = new CfnFunction(this, 'Function', {
      description: 'Answers CORS preflights',
      runtime: newestNodejs(),
      handler: 'index.handler',
      code: { zipFile: 'exports.handler = async () => ({ statusCode: 204 });' },
      role: role.attrArn,
    });
    suppressNag(this.handler, 'AwsSolutions-L1', 'It has the newest Node.js runtime that this aws-cdk-lib knows.');
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: this.handler.attrArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({
        service: 'execute-api',
        resource: apiId,
        resourceName: '*/*',
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    });
    this.arn = this.handler.attrArn;
  }

  /** Has it compare origins, as of now. */
  public compare({ zipFile, layers, variables }: PreflightCode): void {
    this.handler.code = { zipFile };
    this.handler.layers = layers;
    this.handler.environment = { variables };
  }

  /** Of routes that are constructs; a document describes its own integrations. */
  public get target(): string {
    const made = this.node.tryFindChild('Integration') as CfnIntegration | undefined;
    return `integrations/${(made ?? this.integration()).ref}`;
  }

  private integration(): CfnIntegration {
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: this.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: this.arn,
      payloadFormatVersion: '2.0',
    });
    this.underCondition();
    return integration;
  }

  /** It is needed only where the API is made. */
  private underCondition(): void {
    const api = this.node.scope;
    if (CfnResource.isCfnResource(api)) underSameCondition(this, api);
  }
}

/** `Runtime.NODEJS_LATEST` stays behind, and differs between regions. */
function newestNodejs(): string {
  const versions = Runtime.ALL.flatMap(({ name }) => /^nodejs(\d+)\.x$/.exec(name)?.[1] ?? []).map(Number);
  return `nodejs${Math.max(...versions)}.x`;
}
