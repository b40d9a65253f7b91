import { Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Policy } from '../policy/policy';
import { identity } from './attachments';
import { functionOf } from './cors-aware-backends';
import { referencedIn } from './references';

/** A route that hands requests to a function, and the policy that covers it. */
export interface RoutePolicy {
  /** 'GET /orders' */
  readonly route: string;
  /** The API, and imports of it. */
  readonly apis: IConstruct[];
  readonly policy: Policy;
  /** What put it there: two routes with one source have one policy. */
  readonly source: object;
  /** Whether the gateway puts its own CORS headers in the place of the function's. */
  readonly gatewaySets: boolean;
}

/**
 * What a look at the finished tree of a Stage found out about the policies of its APIs, for the
 * constructs that carry them behind the gateway. The engines note it, and only where someone asks.
 */
export class RoutePolicies {
  private readonly byFunction = new Map<IConstruct, RoutePolicy[]>();
  private readonly byApi = new Map<IConstruct, Policy>();

  /** @param uri of the route's integration; `user` holds it */
  public noteRoute(uri: unknown, user: IConstruct, route: RoutePolicy): void {
    for (const target of new Set(referencedIn(uri, user).map((each) => functionOf(identity(each))))) {
      this.byFunction.set(target, [...this.ofFunction(target), route]);
    }
  }

  /** The policy of an API as a whole. */
  public noteApi(apis: IConstruct[], policy: Policy): void {
    for (const api of apis) this.byApi.set(identity(api), policy);
  }

  public ofFunction(fn: IConstruct): RoutePolicy[] {
    return this.byFunction.get(fn) ?? [];
  }

  public ofApi(api: IConstruct): Policy | undefined {
    return this.byApi.get(identity(api));
  }

  /** What an earlier look found out. */
  public forget(): void {
    this.byFunction.clear();
    this.byApi.clear();
  }
}

/** On the Stage itself, so that two copies of this package in one app see each other's work. */
const ROUTE_POLICIES = Symbol.for('cdk-cors.routePolicies');

/** From now on, the engines note the policies of this construct's Stage. */
export function askForRoutePolicies(construct: IConstruct): RoutePolicies {
  const stage: any = Stage.of(construct);
  if (!stage[ROUTE_POLICIES]) Object.defineProperty(stage, ROUTE_POLICIES, { value: new RoutePolicies() });
  return stage[ROUTE_POLICIES];
}

/** Those of a Stage, or of the one around a construct; `undefined` where nobody asked. */
export function routePoliciesOf(construct: IConstruct): RoutePolicies | undefined {
  const stage: any = Stage.isStage(construct) ? construct : Stage.of(construct);
  return stage[ROUTE_POLICIES];
}
