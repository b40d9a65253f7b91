import { type CfnResource, Stack } from 'aws-cdk-lib';
import { type AskedHeaders, bodiesOf, headersAmong } from '../api-gateway/asked-headers';
import { branchesOf } from '../api-gateway/cloudformation-conditions';
import { getOrCreate } from '../collections';
import { asText } from '../text/as-text';
import type { ApiGatewayResources } from './cfn-resources';
import { knownProperty, property } from './properties';
import { ResourceKeys } from './resource-keys';

/**
 * What methods and routes ask requests for, no matter who made their authorizers and validators,
 * and in whichever stacks. Of what is imported nothing is known. Serves one look at the tree.
 */
export class AskingRoutes {
  private readonly resourceKeys = new ResourceKeys();
  private readonly byName = new Map<string, Map<string, CfnResource>>();

  public constructor(private readonly resources: ApiGatewayResources) {}

  /** @param verb upper-case, or `ANY` */
  public ofMethod(method: CfnResource, verb: string, api: CfnResource | undefined): AskedHeaders {
    const types = this.sides(method, 'AuthorizationType');
    return {
      names: [
        ...(types.some((type) => type !== 'NONE' && type !== 'AWS_IAM') ? this.sourcesOf(method, 'ApiGateway') : []),
        ...this.keysOf(method, api),
        ...this.validatedOf(method),
      ],
      signed: types.includes('AWS_IAM'),
      bodies: bodiesOf(verb),
    };
  }

  /** @param verb upper-case, or `ANY` */
  public ofRoute(route: CfnResource, verb: string): AskedHeaders {
    const types = this.sides(route, 'AuthorizationType');
    return {
      names: types.some((type) => type !== 'NONE' && type !== 'AWS_IAM') ? this.sourcesOf(route, 'ApiGatewayV2') : [],
      signed: types.includes('AWS_IAM'),
      bodies: bodiesOf(verb),
    };
  }

  private sourcesOf(route: CfnResource, service: string): string[] {
    return this.referredBy(route, 'AuthorizerId', `AWS::${service}::Authorizer`).flatMap((authorizer) =>
      this.sides(authorizer, 'IdentitySource').flatMap(headersAmong),
    );
  }

  private keysOf(method: CfnResource, api: CfnResource | undefined): string[] {
    if (!this.sides(method, 'ApiKeyRequired').some(isTrue)) return [];
    const sources = api ? this.sides(api, 'ApiKeySourceType') : [];
    return sources.length > 0 && sources.every((source) => source === 'AUTHORIZER') ? [] : ['X-Api-Key'];
  }

  /** One that is not seen may look at the parameters. */
  private validatedOf(method: CfnResource): string[] {
    if (property(method, 'RequestValidatorId') === undefined) return [];
    const validators = this.referredBy(method, 'RequestValidatorId', 'AWS::ApiGateway::RequestValidator');
    const isBlind = (validator: CfnResource) => !this.sides(validator, 'ValidateRequestParameters').some(isTrue);
    if (validators.length > 0 && validators.every(isBlind)) return [];
    return this.sides(method, 'RequestParameters').flatMap((parameters) =>
      headersAmong(Object.keys(parameters ?? {}).filter((name) => branchesOf(parameters[name]).some(isTrue))),
    );
  }

  private referredBy(user: CfnResource, name: string, type: string): CfnResource[] {
    const named = getOrCreate(this.byName, type, () => {
      const all = this.resources.get(type) ?? [];
      return new Map(all.map((resource) => [this.resourceKeys.keyOf(resource), resource]));
    });
    if (named.size === 0) return [];
    return this.resourceKeys.keysIn(property(user, name), user).flatMap((id) => named.get(id) ?? []);
  }

  /** A property on every side of its conditions. */
  private sides(resource: CfnResource, name: string): any[] {
    const value = knownProperty(resource, name);
    return value === undefined ? [] : branchesOf(value).map((side) => Stack.of(resource).resolve(side));
  }
}

/** Templates spell it as text, too. */
function isTrue(value: unknown): boolean {
  return asText(value).toLowerCase() === 'true';
}
