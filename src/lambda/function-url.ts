import { type CfnResource, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { bodiesOf } from '../api-gateway/asked-headers';
import { type CorsConfiguration, corsConfiguration } from '../api-gateway/cors-configuration';
import { ALL_METHODS } from '../http/methods';
import { missingAllowHeader, withAskedHeaders } from '../policy/asked-headers';
import { faultsOfEach, quote } from '../policy/faults';
import type { Policy } from '../policy/policy';
import { type AppliedPolicy, type Attachments, identity } from '../tree/attachments';
import { l1Of } from '../tree/cdk-internals';
import { markOwn, ownDetail } from '../tree/own-constructs';
import { assignProperty, isOverridden, isTyped, ownProperty, property } from '../tree/properties';
import { followsPolicy } from '../warnings/distributions';
import { annotate, warn } from '../warnings/warn';

/**
 * The policy of a Lambda function URL: its own `Cors` property. The service then answers preflights
 * itself, and adds the headers to what the function answers.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors
 */

/** Whether a construct is a function URL, as L2 or as L1. */
export function isFunctionUrlTarget(construct: IConstruct): boolean {
  return cfnUrlOf(construct) !== undefined;
}

/** Faults of a valid policy that depend on the function URL that the user named. */
export function functionUrlFaults(policy: AppliedPolicy, target: IConstruct): string[] {
  const options = policy.options as Record<string, unknown> | undefined;
  const url = cfnUrlOf(target)!;
  return [
    ...functionUrlSynthesisFaults(policy),
    ...Object.entries(OF_APIS).flatMap(([name, reason]) =>
      options?.[name] === undefined ? [] : [`cors.${name}: ${reason} Leave ${name} out.`],
    ),
    ...(hasOwnCors(url)
      ? [
          `cors: the function URL ${identity(url).node.path} has CORS settings already, ` +
            'and there is one set of them. ' +
            'Remove its cors property, or this policy.',
        ]
      : []),
  ];
}

const OF_APIS = {
  statusCode: 'Lambda answers the preflights of a function URL itself, with 200.',
  includeChildren: 'nothing is below a function URL.',
  errorOrigin: 'a function URL has no gateway responses to put headers on.',
  preflight: 'a function URL has one CORS configuration, so there is nothing to place.',
  preflightHandler: 'Lambda answers the preflights of a function URL itself; this is for HTTP APIs.',
  originMatching: 'Lambda compares the origins of a function URL itself; this is for HTTP APIs.',
};

/** What no function URL can follow, named or reached by a mixin that was applied above. */
export function functionUrlSynthesisFaults({ cors }: AppliedPolicy): string[] {
  return [...originFaults(cors), ...methodFaults(cors), ...headerFaults(cors)];
}

/** Idempotent: it may look at a tree more than once. */
export function coverFunctionUrls(policies: Attachments, targets: IConstruct[]): void {
  for (const target of targets) {
    const url = cfnUrlOf(target)!;
    const isOthers = hasOwnCors(url);
    const given = policies.nearest(target)!.policy.cors;
    const asked = { names: [], signed: property(url, 'AuthType') === 'AWS_IAM', bodies: bodiesOf('ANY') };
    if (!isOthers) configure(url, corsConfiguration(withAskedHeaders(given, asked), METHODS));
    const missing = missingAllowHeader(given, asked);
    if (missing) annotate(identity(url), missing);
    followsPolicy(url, given, ['ANY']);
    if (isOthers || isOverridden(url, 'Cors')) warn(identity(url), 'OwnCorsConfiguration', { property: 'Cors' });
  }
}

/** The L1 of a function URL. */
function cfnUrlOf(construct: IConstruct): CfnResource | undefined {
  const url = l1Of(construct);
  return url?.cfnResourceType === 'AWS::Lambda::Url' ? url : undefined;
}

/** Whether someone else set it. */
function hasOwnCors(url: CfnResource): boolean {
  const assigned = ownProperty(url, 'Cors');
  return assigned !== undefined && assigned !== ownDetail(url, 'cors-configuration');
}

function configure(url: CfnResource, configuration: CorsConfiguration): void {
  assignProperty(url, 'Cors', isTyped(url, 'Cors') ? configuration : inCloudFormationSpelling(configuration));
  markOwn(url, 'cors-configuration', ownProperty(url, 'Cors'));
}

function inCloudFormationSpelling(configuration: CorsConfiguration): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(configuration).map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}

/**
 * A function URL takes any method; the service knows six of them by name,
 * and answers OPTIONS itself.
 */
const METHODS = ALL_METHODS.filter((method) => method !== 'OPTIONS');

function originFaults({ origins }: Policy): string[] {
  if (origins.isDeployTimeList) return [];
  const { values } = origins;
  return [
    ...faultsOfEach('allowOrigins', values, (value) => {
      if (value === '*' || !value.includes('*'))
        return value.length > LONGEST_ORIGIN && !Token.isUnresolved(value)
          ? `${quote(value)} has ${value.length} characters, and a function URL takes ${LONGEST_ORIGIN}. ` +
              'Use a shorter host name.'
          : undefined;
      return (
        `${quote(value)} is a pattern, and a function URL compares whole origins only. ` +
        'List the origins one by one, write ["*"], or leave CORS to the function: ' +
        'new CorsRuntime(…).attachTo(fn).'
      );
    }),
    ...tooMany(
      'allowOrigins',
      values,
      'Leave CORS to the function, which takes patterns: new CorsRuntime(…).attachTo(fn).',
    ),
  ];
}

function methodFaults({ methods = [] }: Policy): string[] {
  if (Token.isUnresolved(methods)) return [];
  return faultsOfEach('allowMethods', methods, (method) => {
    if (method === '*' || METHODS.includes(method) || Token.isUnresolved(method)) return undefined;
    return method === 'OPTIONS'
      ? 'Lambda refuses "OPTIONS" at deployment: a function URL with CORS answers preflights itself. Leave OPTIONS out.'
      : `Lambda refuses ${quote(method)} at deployment. A function URL knows ${METHODS.join(', ')} and "*".`;
  });
}

function headerFaults({ allowHeaders, exposeHeaders }: Policy): string[] {
  return Object.entries({ allowHeaders, exposeHeaders }).flatMap(([option, names]) =>
    Token.isUnresolved(names)
      ? []
      : [
          ...faultsOfEach(option, names, (name) =>
            name.length > LONGEST_HEADER && !Token.isUnresolved(name)
              ? `the name has ${name.length} characters, and a function URL takes ${LONGEST_HEADER}. ` +
                'Use a shorter name.'
              : undefined,
          ),
          ...tooMany(option, names, 'List those that pages use, or write ["*"].'),
        ],
  );
}

function tooMany(option: string, values: string[], instead: string): string[] {
  return values.length > MOST_ENTRIES
    ? [`cors.${option}: a function URL takes ${MOST_ENTRIES} entries, and these are ${values.length}. ${instead}`]
    : [];
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html */
const MOST_ENTRIES = 100;
const LONGEST_ORIGIN = 253;
const LONGEST_HEADER = 1_024;
