import { CfnResource, Stack, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate } from './collections';
import { hasOwnCorsConfiguration } from './http-api/cors-configuration';
import { isHttpApiTarget, isWebSocketApi } from './http-api/http-api-target';
import { hasDefaultPreflight, isRestApiTarget, isWholeApi } from './rest-api/rest-api-policy';
import { hasDocument } from './tree/api-documents';
import { type AppliedPolicy, type Attachment, type Attachments, identity } from './tree/attachments';
import { l1Of } from './tree/cdk-internals';
import type { ApiGatewayResources } from './tree/cfn-resources';
import { defaultOfPart } from './tree/default-of-part';
import { defaultPolicyOf } from './tree/default-policies';
import { isMarked } from './tree/policy-mark';
import { property } from './tree/properties';
import { ResourceKeys } from './tree/resource-keys';
import { propertyBeforePatch } from './tree/wrapped-property';
import { inform, warn } from './warnings/warn';

/**
 * The APIs of a Stage that have no policy, each with the default that holds for it: those that are
 * made there, and imported ones that this app adds methods or routes to.
 */
export function defaultAttachments(
  stage: IConstruct,
  resources: ApiGatewayResources,
  policies: Attachments,
): Attachment[] {
  const keys = new ResourceKeys();
  const [made, imported] = apisOf(stage);
  const own = policies.constructs.filter((each) => isApi(each) && !policies.nearest(each)!.isDefault);
  const known = new Set(own.map((api) => keys.keyOfApi(api)));
  const isKnown = (api: IConstruct) => known.has(keys.keyOfApi(api)) || isMarked(api);
  const ofMade = made.filter((api) => !isKnown(api) && mayHaveDefault(api));
  // The policy of an API that is made here holds for its imports, too.
  for (const api of made) known.add(keys.keyOfApi(api));
  const used = usedApis(resources, keys);
  const isUsed = (api: IConstruct) => used.get(keys.keyOfApi(api))?.has(defaultPolicyOf(api)?.policy);
  const ofImported = imported.filter((api) => !isKnown(api) && isUsed(api));
  return [...ofMade, ...ofImported].flatMap((api) => attachmentOf(api) ?? []);
}

/** Whether a construct is inside of an API, or belongs to one: a default for it would reach nothing. */
export function isPartOfApi(construct: IConstruct): boolean {
  if (isApi(construct)) return false;
  const type = l1Of(construct)?.cfnResourceType ?? '';
  return PARTS.test(type) || isRestApiTarget(construct) || construct.node.scopes.slice(0, -1).some(isApi);
}

const PARTS =
  /^AWS::ApiGateway(V2)?::(Authorizer|Deployment|GatewayResponse|Integration|Method|Model|Resource|Route|Stage)$/;

function attachmentOf(construct: IConstruct): Attachment | undefined {
  const { scope, policy } = defaultPolicyOf(construct) ?? {};
  if (!scope || !policy) return undefined;
  return { construct, origin: scope, source: policy, calledAs: 'CorsDefaults', policy, isDefault: true };
}

/** REST and HTTP APIs, made and imported. What is skipped says so. */
function apisOf(stage: IConstruct): [made: IConstruct[], imported: IConstruct[]] {
  const [made, imported]: [IConstruct[], IConstruct[]] = [[], []];
  const visit = (construct: IConstruct): void => {
    if (CfnResource.isCfnResource(construct)) {
      if (isApi(construct)) made.push(isApi(identity(construct)) ? identity(construct) : construct);
      else if (defaultPolicyOf(construct)?.policy) sayWhySkipped(construct);
    } else if (isApi(construct) && l1Of(construct) === undefined) imported.push(construct);
    for (const child of construct.node.children) if (!Stage.isStage(child)) visit(child);
  };
  visit(stage);
  return [made, imported];
}

function isApi(construct: IConstruct): boolean {
  return isHttpApiTarget(construct) || (isRestApiTarget(construct) && isWholeApi(construct));
}

/** Kinds of APIs that no policy can be put on. */
function sayWhySkipped(resource: CfnResource): void {
  const { cfnResourceType: type } = resource;
  if (isWebSocketApi(resource)) inform(identity(resource), 'WebSocketApi');
  if (type !== 'AWS::Serverless::Api' && type !== 'AWS::Serverless::HttpApi') return;
  const own = type === 'AWS::Serverless::Api' ? 'Cors' : 'CorsConfiguration';
  if (property(resource, own) === undefined) warn(resource, 'ServerlessApi', { type, own });
}

/** aws-cdk-lib's own CORS of an API is a policy, too. */
function mayHaveDefault(api: IConstruct): boolean {
  const l1 = l1Of(api);
  const option = hasDefaultPreflight(api)
    ? 'defaultCorsPreflightOptions'
    : l1 && isHttpApiTarget(l1)
      ? optionOfHttpApi(l1)
      : undefined;
  if (option && defaultPolicyOf(api)?.policy) inform(api, 'KeepsOwnCors', { option });
  return option === undefined;
}

function optionOfHttpApi(api: CfnResource): 'corsPreflight' | typeof IN_DOCUMENT | undefined {
  if (hasOwnCorsConfiguration(api)) return 'corsPreflight';
  const body = hasDocument(api) ? Stack.of(api).resolve(propertyBeforePatch(api, 'Body')) : undefined;
  return body?.[IN_DOCUMENT] === undefined ? undefined : IN_DOCUMENT;
}

const IN_DOCUMENT = 'x-amazon-apigateway-cors';

/** The APIs that something in the Stage is added to, and the defaults that it follows. */
function usedApis(
  resources: ApiGatewayResources,
  keys: ResourceKeys,
): Map<string | undefined, Set<AppliedPolicy | undefined>> {
  const used = new Map<string | undefined, Set<AppliedPolicy | undefined>>();
  const note = (type: string, id: string) => {
    for (const part of resources.get(type) ?? [])
      getOrCreate(used, keys.keyOfReference(property(part, id), part), () => new Set()).add(
        defaultOfPart(part)?.policy,
      );
  };
  note('AWS::ApiGateway::Method', 'RestApiId');
  note('AWS::ApiGatewayV2::Route', 'ApiId');
  return used;
}
