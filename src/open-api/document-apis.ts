import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { type AskedHeaders, togetherAsked } from '../api-gateway/asked-headers';
import { parseRouteKey, type RouteKey } from '../api-gateway/route-key';
import { asText } from '../text/as-text';
import { isMadeFromDocument } from '../tree/api-documents';
import { AskingRoutes } from '../tree/asked-headers';
import { identity } from '../tree/attachments';
import { type ApiGatewayResources, apiGatewayResources } from '../tree/cfn-resources';
import { knownProperty, property } from '../tree/properties';
import { ResourceKeys } from '../tree/resource-keys';
import { type ResponseBeside, responseBeside } from './gateway-responses-beside';

/** An API of a Stage that a policy covers as a whole. */
export interface CoveredApi {
  readonly cfn: CfnResource;
  /** What the user named: the API itself first, then imports of it. */
  readonly targets: IConstruct[];
  readonly beside: Beside;
}

/** What constructs add to an API beside its document. */
interface Beside {
  /** Whether they put methods on the root resource. */
  readonly rootMethods: boolean;
  readonly gatewayResponses: ResponseBeside[];
  readonly stages: CfnResource[];
  /** What their methods and routes ask for. */
  readonly asked: AskedHeaders;
  /** Of an HTTP API; one that only the deployment knows may take any method. */
  readonly routes: RouteKey[];
}

/**
 * The REST and HTTP APIs of a Stage that have a document, as far as the user named them or imports
 * of them.
 */
export function documentApis(stage: IConstruct, resources: ApiGatewayResources, named: IConstruct[]): CoveredApi[] {
  const ofType = (type: string) => resources.get(type) ?? [];
  const apis = [...ofType('AWS::ApiGateway::RestApi'), ...ofType('AWS::ApiGatewayV2::Api')].filter(isMadeFromDocument);
  return apis.length > 0 ? coveredApis(apis, apiGatewayResources(stage), named) : [];
}

/**
 * @param parts of the tree as it stands now: what was just added for the same policy is beside the
 * document, too
 */
function coveredApis(apis: CfnResource[], parts: ApiGatewayResources, named: IConstruct[]): CoveredApi[] {
  const resourceKeys = new ResourceKeys();
  const asking = new AskingRoutes(parts);
  const keys = new Map(named.map((target) => [target, resourceKeys.keyOfApi(target)]));
  return apis.flatMap((cfn) => {
    const key = resourceKeys.keyOf(cfn);
    const targets = named
      .filter((target) => keys.get(target) === key)
      .sort((a, b) => Number(isSame(b, cfn)) - Number(isSame(a, cfn)));
    if (targets.length === 0) return [];
    const of = (type: string, id: string) =>
      (parts.get(type) ?? []).filter((part) => resourceKeys.keyOfReference(property(part, id), part) === key);
    const methods = of('AWS::ApiGateway::Method', 'RestApiId');
    const routes = of('AWS::ApiGatewayV2::Route', 'ApiId').map((route) => ({
      route,
      key: parseRouteKey(text(route, 'RouteKey')) ?? UNKNOWN_ROUTE,
    }));
    const beside = {
      rootMethods: methods.some(
        (method) => resourceKeys.keyOfReference(property(method, 'ResourceId'), method) === `${key}.RootResourceId`,
      ),
      gatewayResponses: of('AWS::ApiGateway::GatewayResponse', 'RestApiId').map((response) =>
        responseBeside(response, cfn),
      ),
      stages: of('AWS::ApiGateway::Stage', 'RestApiId'),
      asked: togetherAsked([
        ...methods.map((method) => asking.ofMethod(method, text(method, 'HttpMethod').toUpperCase(), cfn)),
        ...routes.map(({ route, key }) => asking.ofRoute(route, key.verb)),
      ]),
      routes: routes.map(({ key }) => key),
    };
    return [{ cfn, targets, beside }];
  });
}

function isSame(target: IConstruct, cfn: CfnResource): boolean {
  return identity(target) === identity(cfn);
}

function text(cfn: CfnResource, name: string): string {
  return asText(knownProperty(cfn, name));
}

const UNKNOWN_ROUTE: RouteKey = { verb: 'ANY', path: '' };
