import type { GatewayAnswer } from '../../../verify/gateway/gateway';
import type {
  ApiModel,
  HttpApiModel,
  LambdaBackend,
  RestApiModel,
  RestResource,
} from '../../../verify/model/api-model';
import { allResources } from '../../../verify/template/all-resources';
import type { TemplateScope } from '../../../verify/template/scope';
import type { Backend } from '../backend';
import { type FunctionDefinition, functionsIn, type NotRunnable } from './definition';
import { answerOf, eventOf, type RouteOfFunction } from './event';
import { ProcessPool } from './process-pool';
import { NotAResponse, streamedAnswer } from './streamed';

/** The functions of a cloud assembly behind the routes of its APIs. */
export class FunctionBackends {
  private readonly functions: Map<string, FunctionDefinition | NotRunnable>;
  private readonly pools = new Map<string, ProcessPool>();
  private readonly versions: Map<string, string>;

  /** `say` gets what functions print, a line at a time. */
  public constructor(
    scopes: TemplateScope[],
    private readonly say: (functionName: string, line: string) => void,
  ) {
    this.functions = functionsIn(scopes);
    const { resources } = allResources(scopes, /^AWS::ApiGatewayV2::Integration$/);
    this.versions = new Map(resources.map(({ name, properties }) => [name, String(properties.PayloadFormatVersion)]));
  }

  /** What runs and what does not, in lines for users. */
  public get notes(): string[] {
    return [...this.functions.values()].flatMap((each) =>
      'reason' in each
        ? [`${each.name} does not run here: ${each.reason}. What is behind the other integrations answers for it.`]
        : each.notes.map((note) => `${each.name}: ${note}.`),
    );
  }

  /** The function that stands behind what the gateway decided, if it runs here. */
  public behind(api: ApiModel, { answeredBy, status, byFunction }: GatewayAnswer): Backend | undefined {
    if (answeredBy === undefined || (status !== 0 && byFunction === undefined)) return undefined;
    const found = this.routeOf(api, answeredBy);
    const definition = found?.lambda && this.functions.get(found.lambda.name);
    if (!found || !definition || 'reason' in definition) return undefined;
    const pool = this.poolOf(definition);
    const { streams } = found.lambda!;
    return async (request) => {
      const route = { ...found.route, pathParameters: parametersOf(found.path, request.path) };
      const invocation = await pool.invoke(eventOf(request, route), streams);
      if ('streamed' in invocation) return streamedAnswer(invocation.streamed, route);
      if (streams && route.version === '1.0' && 'result' in invocation)
        throw new NotAResponse('its function returns a whole response: wrap it in awslambda.streamifyResponse(…)');
      return answerOf(invocation, route);
    };
  }

  public end(): void {
    for (const pool of this.pools.values()) pool.end();
  }

  private poolOf(definition: FunctionDefinition): ProcessPool {
    const { name } = definition;
    const pool = this.pools.get(name) ?? new ProcessPool(definition, (line) => this.say(name, line));
    this.pools.set(name, pool);
    return pool;
  }

  private routeOf(api: ApiModel, where: string): Found | undefined {
    switch (api.kind) {
      case 'REST':
        return restRoute(api, where);
      case 'HTTP':
        return this.httpRoute(api, where);
      case 'FUNCTION_URL':
        return {
          lambda: api.route.lambda,
          path: '/',
          route: { version: '2.0', resource: '$default', stage: '$default' },
        };
    }
  }

  private httpRoute(api: HttpApiModel, where: string): Found | undefined {
    const route = api.routes.find((each) => each.where === where);
    if (!route) return undefined;
    const version = this.versions.get(route.integration ?? '') === '1.0' ? '1.0' : '2.0';
    const path = route.key.replace(/^\S+\s+/, '');
    return { lambda: route.lambda, path, route: { version, resource: route.key, stage: api.stages[0] ?? '$default' } };
  }
}

interface Found {
  readonly lambda?: LambdaBackend;
  readonly path: string;
  readonly route: Omit<RouteOfFunction, 'pathParameters'>;
}

function restRoute(api: RestApiModel, where: string): Found | undefined {
  const methods = (
    resource: RestResource,
  ): RestResource['methods'] extends Map<string, infer Method> ? Method[] : never => [
    ...resource.methods.values(),
    ...resource.children.flatMap(methods),
  ];
  const method = methods(api.root).find((each) => each.where === where);
  if (method?.integration?.type !== 'AWS_PROXY') return undefined;
  const { path, integration } = method;
  return {
    lambda: integration.lambda,
    path,
    route: { version: '1.0', resource: path, stage: api.stages[0] ?? 'prod' },
  };
}

/** '/items/{id}' and '/items/7' → { id: '7' } */
function parametersOf(template: string, target: string): Record<string, string> {
  const given = target.replace(/\?.*$/, '').split('/');
  const parts = template.split('/');
  return Object.fromEntries(
    parts.flatMap((part, index) => {
      const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined || given[index] === undefined) return [];
      return [[name, decoded(greedy ? given.slice(index).join('/') : given[index])]];
    }),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
