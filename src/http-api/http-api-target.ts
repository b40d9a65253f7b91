import { CfnResource } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { IConstruct } from 'constructs';
import { l1Of } from '../tree/cdk-internals';
import { property } from '../tree/properties';

/** Whether a construct is an HTTP API, as L2, as L1, or imported. */
export function isHttpApiTarget(construct: IConstruct): boolean {
  return isCfnApi(construct) ? protocol(construct) !== 'WEBSOCKET' : (construct as Partial<HttpApi>).isHttpApi === true;
}

/** Whether a construct is a WebSocket API: to a WebSocket, browsers do not apply CORS. */
export function isWebSocketApi(construct: IConstruct): boolean {
  return isCfnApi(construct) ? protocol(construct) === 'WEBSOCKET' : 'isWebsocketApi' in construct;
}

/** The L1 of an API, unless it is imported. */
export function cfnApiOf(target: IConstruct): CfnResource | undefined {
  const api = l1Of(target);
  return api && isCfnApi(api) ? api : undefined;
}

function isCfnApi(construct: IConstruct): construct is CfnResource {
  return CfnResource.isCfnResource(construct) && construct.cfnResourceType === 'AWS::ApiGatewayV2::Api';
}

function protocol(api: CfnResource): unknown {
  return property(api, 'ProtocolType');
}
