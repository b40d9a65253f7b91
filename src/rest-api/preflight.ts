import { CfnResource, Token } from 'aws-cdk-lib';
import { CfnMethod } from 'aws-cdk-lib/aws-apigateway';
import type { IConstruct } from 'constructs';
import { PREFLIGHT_MOCK, preflightResponse } from '../api-gateway/preflight-integration';
import { getOrCreate } from '../collections';
import { comparedOrigins, preflightHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { makeFor } from '../tree/beside';
import { OPTIONS_ID } from '../tree/cdk-internals';
import { suppressNagOnPreflight } from '../tree/nag';
import { isOwn, markOwn, ownDetail } from '../tree/own-constructs';
import { property } from '../tree/properties';
import { underSameCondition } from '../tree/under-same-condition';
import { isResource, type MethodNode, type ResourceNode } from './rest-api-tree';

export function isOurPreflight({ cfn }: MethodNode): boolean {
  return isOwn(cfn, 'preflight-method');
}

/**
 * Gives a resource the OPTIONS method that answers its preflights, or brings the one it got before
 * up to date.
 *
 * It has the logical id of aws-cdk-lib's own (`<resource>/OPTIONS/Resource`): a second OPTIONS
 * under another id would fail to deploy, as CloudFormation creates before it deletes. Nothing is
 * inherited from the API's defaults: a browser sends a preflight without keys, tokens or
 * parameters.
 */
export function attachPreflight(node: ResourceNode, answer: PreflightAnswer): CfnMethod {
  const existing = node.methods.find(isOurPreflight)?.cfn as CfnMethod | undefined;
  if (existing) {
    update(existing, answer);
    return existing;
  }
  const props = {
    ...idsOf(node.construct),
    httpMethod: 'OPTIONS',
    authorizationType: 'NONE',
    integration: answer.integration,
    methodResponses: answer.methodResponses,
  };
  const path: [string, string] = [optionsId(node.construct), 'Resource'];
  const cfn = makeFor(node.construct, path, (scope, id) => new CfnMethod(scope, id, props));
  underSameCondition(cfn, standsOn(node.construct));
  markOwn(cfn, 'preflight-method', answer);
  // With this status, cdk-nag knows a preflight on its own.
  if (answer.methodResponses[0].statusCode !== '204') suppressNagOnPreflight(cfn);
  node.methods.push({ verb: 'OPTIONS', cfn });
  return cfn;
}

/** Values that the user's own Aspects put there since stay. */
function update(cfn: CfnMethod, answer: PreflightAnswer): void {
  if (cfn.integration !== ownDetail<PreflightAnswer>(cfn, 'preflight-method')!.integration) return;
  cfn.integration = answer.integration;
  markOwn(cfn, 'preflight-method', answer);
}

/** What API Gateway answers to a preflight. */
interface PreflightAnswer {
  readonly integration: CfnMethod.IntegrationProperty;
  readonly methodResponses: CfnMethod.MethodResponseProperty[];
}

/**
 * The answer under a policy where these methods can be reached; the same object for the same
 * answer.
 */
export class PreflightAnswers {
  private readonly made = new Map<Policy, Map<string, PreflightAnswer>>();

  public for(policy: Policy, methods: string[]): PreflightAnswer {
    const byMethods = getOrCreate(this.made, policy, () => new Map<string, PreflightAnswer>());
    return getOrCreate(byMethods, methods.join(), () => preflightAnswer(policy, methods));
  }
}

function preflightAnswer(policy: Policy, methods: string[]): PreflightAnswer {
  const response = preflightResponse(policy.statusCode, preflightHeaders(policy, methods), comparedOrigins(policy));
  const declared = Object.keys(response.responseParameters).map((name) => [name, true]);
  return {
    integration: { ...PREFLIGHT_MOCK, integrationResponses: [response] },
    methodResponses: [{ statusCode: response.statusCode, responseParameters: Object.fromEntries(declared) }],
  };
}

/** Another resource may be called OPTIONS. */
function optionsId(construct: IConstruct): string {
  return construct.node.tryFindChild(OPTIONS_ID) ? '@cdk-cors-OPTIONS' : OPTIONS_ID;
}

/**
 * The resource that has to be there for an OPTIONS to be; none for what another app makes, where a
 * method stands for it.
 */
export function standsOn(construct: IConstruct): CfnResource | undefined {
  const cfn = cfnOf(construct) ?? cfnOf(construct.node.scope);
  return cfn?.cfnResourceType === 'AWS::ApiGateway::Method' ? undefined : cfn;
}

function cfnOf(construct: IConstruct | undefined): CfnResource | undefined {
  const cfn = construct && !CfnResource.isCfnResource(construct) ? construct.node.defaultChild : construct;
  return cfn && CfnResource.isCfnResource(cfn) ? cfn : undefined;
}

export function idsOf(construct: IConstruct): { restApiId: string; resourceId: string } {
  if (isResource(construct)) return { restApiId: construct.api.restApiId, resourceId: construct.resourceId };
  const cfn = cfnOf(construct)!;
  const of = (name: string) => Token.asString(property(cfn, name));
  switch (cfn.cfnResourceType) {
    case 'AWS::ApiGateway::RestApi':
      return { restApiId: cfn.ref, resourceId: Token.asString(cfn.getAtt('RootResourceId')) };
    case 'AWS::ApiGateway::Resource':
      return { restApiId: of('RestApiId'), resourceId: cfn.ref };
    default:
      return { restApiId: of('RestApiId'), resourceId: of('ResourceId') };
  }
}
