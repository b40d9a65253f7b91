import { type CfnResource, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { OriginMatching } from '../options/origin-matching';
import type { PreflightHandler } from '../options/preflight-handler';
import type { AllowedOrigins } from '../policy/allowed-origins';
import { quote } from '../policy/faults';
import { type AppliedPolicy, identity } from '../tree/attachments';
import { hasOwnCorsConfiguration } from './cors-configuration';
import { cfnApiOf } from './http-api-target';

/** Faults of a valid policy that depend on the HTTP API that the user named. */
export function httpApiFaults(policy: AppliedPolicy, target: IConstruct): string[] {
  const api = cfnApiOf(target);
  const options = policy.options as Record<string, unknown> | undefined;
  return [
    ...synthesisFaults(policy),
    ...Object.entries(REST_ONLY).flatMap(([name, reason]) =>
      options?.[name] === undefined ? [] : [`cors.${name}: ${reason} Leave ${name} out.`],
    ),
    ...(api ? apiFaults(api) : []),
  ];
}

/** What no HTTP API can follow, named or reached by a mixin that was applied above. */
export function synthesisFaults({ cors, options }: AppliedPolicy): string[] {
  const { originMatching, preflightHandler } = options ?? {};
  return [
    ...(originMatching === OriginMatching.FUNCTIONS ? [] : originFaults(cors.origins)),
    ...handlerFaults(preflightHandler),
    ...matchingFaults(originMatching, preflightHandler),
  ];
}

const FORMS =
  'An HTTP API knows exact http and https origins, "https://*", "http://*" and "*". ' +
  'List the origins one by one, or set originMatching: OriginMatching.FUNCTIONS where every route ends in a ' +
  'function with a CorsRuntime, or use a REST API.';

function originFaults(origins: AllowedOrigins): string[] {
  if (origins.isDeployTimeList) return [];
  return origins.values.flatMap((value, index) =>
    EXACT_OR_SCHEME_WIDE.test(value) || Token.isUnresolved(value.replace(/:\/\/.*/, ''))
      ? []
      : [`cors.allowOrigins[${index}]: API Gateway refuses ${quote(value)} at deployment. ${FORMS}`],
  );
}

const EXACT_OR_SCHEME_WIDE = /^(\*|https?:\/\/(\*|[^*]+))$/;

const REST_ONLY = {
  statusCode:
    'an HTTP API answers preflights with 204, or with the status of the integration where a route takes them.',
  includeChildren: 'an HTTP API has one CORS configuration for all of its routes.',
  errorOrigin: 'an HTTP API has no gateway responses to put headers on.',
  preflight: 'an HTTP API has one CORS configuration for all of its routes, so there is nothing to place.',
};

/** JavaScript passes any type at all. */
function handlerFaults(handler?: PreflightHandler): string[] {
  return handler === undefined || typeof handler?._kind === 'string'
    ? []
    : [
        `cors.preflightHandler: ${quote(handler)} is not a PreflightHandler. ` +
          'Write PreflightHandler.backend(), PreflightHandler.builtIn() or PreflightHandler.integration(…), ' +
          'or leave preflightHandler out.',
      ];
}

function matchingFaults(matching?: OriginMatching, handler?: PreflightHandler): string[] {
  if (matching !== undefined && !Object.values(OriginMatching).includes(matching)) {
    return [
      `cors.originMatching: ${quote(matching)} is not an OriginMatching. ` +
        'Write OriginMatching.SERVICE or OriginMatching.FUNCTIONS, or leave originMatching out.',
    ];
  }
  return matching === OriginMatching.FUNCTIONS && handler?._kind === 'integration'
    ? [
        'cors.preflightHandler: with OriginMatching.FUNCTIONS, ' +
          'API Gateway adds no headers to what an integration answers. ' +
          'Leave preflightHandler out: a function that compares origins answers.',
      ]
    : [];
}

function apiFaults(api: CfnResource): string[] {
  const { path } = identity(api).node;
  const option = identity(api) === api ? 'corsConfiguration' : 'corsPreflight';
  return hasOwnCorsConfiguration(api)
    ? [
        `${option}: ${path} has a CORS configuration already, and an API has only one. ` +
          `Remove ${option}; the names in cors are the same.`,
      ]
    : [];
}
