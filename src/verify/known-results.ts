import type { CheckResult } from './check-api';
import type { AskedSample, ViewerPaths } from './cloudfront/viewer-paths';
import type { Entrance } from './entrances';
import type { ApiModel } from './model/api-model';
import type { SampleRequest } from './requests/sample-requests';

/**
 * What holds at the address of an API holds at distributions that hand everything on:
 * it is not worked out again.
 */
export class KnownResults {
  private readonly byRequest: Map<string, CheckResult>;
  private readonly steady = new Map<CheckResult, boolean>();

  public constructor(results: CheckResult[]) {
    this.byRequest = new Map(results.map((result) => [keyOf(result.api, result.route, result.request), result]));
  }

  public handedOn(
    { api, via, gateway, paths }: Entrance,
    { route, request, below, isHandedOn }: AskedSample,
  ): CheckResult | undefined {
    if (!via || !paths || below === undefined || !isHandedOn || gateway.sides) return undefined;
    const result = this.byRequest.get(keyOf(api, route.name, { ...request, path: below }));
    if (!result || !this.isSteady(result, paths)) return undefined;
    const isSamePath = request.path === result.request.path;
    return { ...result, via, request: isSamePath ? result.request : { ...result.request, path: request.path } };
  }

  /** CloudFront speaks HTTP/1.1 with the API, and headers may be spelled in another way then. */
  private isSteady(result: CheckResult, paths: ViewerPaths): boolean {
    const known =
      this.steady.get(result) ??
      [result.preflight, result.response].every((exchange) => !exchange || paths.isSteady(exchange));
    this.steady.set(result, known);
    return known;
  }
}

function keyOf(
  { reference }: ApiModel,
  route: string,
  { method, path, origin }: Pick<SampleRequest['request'], 'method' | 'path' | 'origin'>,
): string {
  return `${reference}\n${route}\n${method}\n${path}\n${origin}`;
}
