import type { FunctionCors, Integration, IntegrationResponse, RestApiModel } from '../../model/api-model';
import type { Overridden, VelocityInput, VelocityResult } from '../../velocity/input';
import { orElse } from '../alternatives';
import { functionAnswer } from '../function-answer';
import type { GatewayAnswer } from '../gateway';
import { headerOf } from '../request';
import { bytesDoubt, isBinary, mimeType } from './content-types';
import { type Exchange, unknownAnswer } from './exchange';
import type { GatewayErrors } from './gateway-errors';
import { refusedRequestHeader } from './header-names';
import { type Handed, integrationRequest } from './integration-request';
import { type MethodResponse, methodResponse } from './integration-response';
import { selectResponse } from './response-selection';

/** From a method's integration request to its method response. */
export class Integrations {
  private readonly servesBytes: boolean;

  public constructor(
    private readonly api: RestApiModel,
    private readonly errors: GatewayErrors,
  ) {
    this.servesBytes = isBinary(api.binaryMediaTypes, undefined);
  }

  public answer(exchange: Exchange): GatewayAnswer {
    const { method, trail } = exchange;
    const { integration } = method;
    if (!integration || integration.type === 'UNKNOWN')
      return unknownAnswer('its integration is known only after deployment', trail);
    const fault = this.faultOf(integration);
    if (fault) return this.failed(exchange, fault);
    const { lambda } = integration;
    if (lambda?.cors) return this.throughFunction(lambda.name, lambda.cors, exchange);
    if (integration.type.endsWith('_PROXY')) return proxied(integration, exchange);
    const doubt = bytesDoubt(this.api.binaryMediaTypes, integration);
    return doubt ? unknownAnswer(doubt, trail) : this.throughTemplates(integration, exchange);
  }

  private throughTemplates(integration: Integration, exchange: Exchange): GatewayAnswer {
    const { request, options, sources, trail } = exchange;
    const contentType = mimeType(headerOf(request.headers, 'content-type'));
    const handed = integrationRequest(integration, this.api.binaryMediaTypes, contentType, () =>
      this.velocityInput(exchange, request.body ?? ''),
    );
    if (handed.kind === 'unknown') return unknownAnswer(handed.why, trail);
    if (handed.kind === 'error') return this.errors.answer(handed.type, sources, [...trail, handed.why]);

    const answered = handed.kind === 'mock' ? (options.mockStatus ?? handed.status) : options.backendStatus?.toString();
    const selected = selectResponse(integration, answered);
    if ('unknown' in selected) return unknownAnswer(selected.unknown, trail);
    if ('none' in selected) return this.failed(exchange, selected.none);
    return (selected.rivals ?? []).reduce(
      (answer, rival) =>
        orElse(answer, this.through(rival, handed, exchange), severalMatch(answered, selected.response, rival)),
      this.through(selected.response, handed, exchange),
    );
  }

  /** An integration response becomes the method response. */
  private through(response: IntegrationResponse, handed: Handed & Evaluated, exchange: Exchange): GatewayAnswer {
    const { method, request, sources } = exchange;
    const mapped = methodResponse(method, response, {
      apiIsBinary: this.servesBytes,
      accept: mimeType(headerOf(request.headers, 'accept')),
      sources,
      input: () => this.velocityInput(exchange, undefined, handed.evaluated?.overridden),
      requestOverrides: handed.kind === 'mock' ? handed.evaluated : undefined,
    });
    return this.responded(mapped, handed, exchange);
  }

  /** The method response on its way to the client. */
  private responded(response: MethodResponse, handed: Handed & Evaluated, exchange: Exchange): GatewayAnswer {
    const trail = [...exchange.trail, ...response.notes];
    const { status, headers, body } = response;
    if (response.error) return this.failed({ ...exchange, trail }, response.error);
    const doubt =
      response.unknown ??
      (status === 0 && exchange.request.method === 'OPTIONS' ? STATUS_DOUBT : undefined) ??
      (handed.kind === 'backend' && overridesSomething(handed.evaluated) ? REQUEST_OVERRIDE_DOUBT : undefined);
    const decidedBy = response.fromBackend.some(isCorsHeader) ? 'backend' : 'gateway';
    return { status, headers, body, decidedBy, headersAreFinal: status === 0, unknown: doubt, trail };
  }

  /** Why every request to this integration ends in a 500. */
  private faultOf(integration: Integration): string | undefined {
    const refused = refusedRequestHeader(integration);
    if (refused) return `its integration maps ${refused}, a header that API Gateway sets on its own`;
    const { stages, stageVariables } = this.api;
    const missing = integration.uriVariables.find((name) => stages.length > 0 && !Object.hasOwn(stageVariables, name));
    return missing && `the URI of its integration names the stage variable ${missing}, which the stage does not set`;
  }

  private failed({ sources, trail }: Exchange, why: string): GatewayAnswer {
    return this.errors.answer('API_CONFIGURATION_ERROR', sources, [...trail, why]);
  }

  private velocityInput({ method, request, sources }: Exchange, body?: string, overridden?: Overridden): VelocityInput {
    return {
      headers: request.headers,
      querystring: sources.query,
      path: sources.pathParameters,
      body,
      stageVariables: sources.stageVariables,
      allStageVariables: this.api.stages.length > 0,
      context: { httpMethod: request.method, resourcePath: method.path },
      overridden,
    };
  }

  /** A function that cannot start fails the integration. */
  private throughFunction(name: string, cors: FunctionCors, exchange: Exchange): GatewayAnswer {
    const { request, sources, trail } = exchange;
    if ('doubt' in cors) return unknownAnswer(cors.doubt, trail);
    if ('fault' in cors) return this.errors.answer('INTEGRATION_FAILURE', sources, [...trail, cors.fault]);
    return functionAnswer(name, cors.policy, request, trail);
  }
}

/** What the template of the integration request gave, where there is one. */
interface Evaluated {
  readonly evaluated?: VelocityResult;
}

function severalMatch(
  status: string | undefined,
  { statusCode }: IntegrationResponse,
  other: IntegrationResponse,
): string {
  return (
    `the patterns of the integration responses ${statusCode} and ${other.statusCode} both match ${status}: ` +
    'which one API Gateway takes is not known'
  );
}

const STATUS_DOUBT = 'its status depends on what the backend sends';
const REQUEST_OVERRIDE_DOUBT =
  'whether an override of the response in the request template of a real backend takes effect is not known';

function overridesSomething(evaluated: VelocityResult | undefined): boolean {
  return (
    evaluated !== undefined &&
    (evaluated.statusOverride !== undefined ||
      evaluated.statusUnknown !== undefined ||
      Object.keys(evaluated.headerOverrides).some(isCorsHeader))
  );
}

function isCorsHeader(name: string): boolean {
  return name.toLowerCase().startsWith('access-control-');
}

/** A proxy integration returns what the backend returns. */
function proxied({ type }: Integration, exchange: Exchange): GatewayAnswer {
  const { backendHeaders } = exchange.sources;
  const { backendStatus = 200 } = exchange.options;
  const trail = [...exchange.trail, `its ${type} integration returns what the backend returns`];
  if (backendHeaders) return { status: backendStatus, headers: backendHeaders, body: '', decidedBy: 'gateway', trail };
  return { status: 0, headers: {}, body: '', decidedBy: 'backend', trail };
}
