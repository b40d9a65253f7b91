import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { HttpRouteIntegration, IHttpRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { completeBind } from '../tree/cdk-internals';
import { l2Of } from './http-api-tree';

/**
 * An integration as `x-amazon-apigateway-integration` has it, for an API that is made from a
 * document. It is bound without a specific route path, so that the permissions that it gives are
 * right for all. To be called once: binding may make constructs.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html
 */
export function describedIntegration(integration: HttpRouteIntegration, api: CfnResource): Record<string, unknown> {
  const scope = new Construct(api, '@cdk-cors-preflights');
  const route = Object.assign(scope, { httpApi: l2Of({ api, targets: [] }) }) as unknown as IHttpRoute;
  const config = integration.bind({ route, scope });
  completeBind(integration, { route, scope });
  const isFunction = config.type === 'AWS_PROXY' && config.subtype === undefined;
  return withoutGaps({
    type: config.type.toLowerCase(),
    integrationSubtype: config.subtype,
    httpMethod: isFunction ? 'POST' : config.method,
    uri: isFunction ? invocationOf(config.uri!, scope) : config.uri,
    connectionType: config.connectionType,
    connectionId: config.connectionId,
    credentials: config.credentials?.credentialsArn,
    requestParameters: config.parameterMapping?.mappings,
    payloadFormatVersion: config.payloadFormatVersion.version,
    timeoutInMillis: config.timeout?.toMilliseconds(),
    tlsConfig: config.secureServerName && { serverNameToVerify: config.secureServerName },
  });
}

/** A document calls a function by the API of Lambda; a construct by its ARN. */
export function invocationOf(functionArn: string, scope: Construct): string {
  const { partition, region } = Stack.of(scope);
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
}

function withoutGaps(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
