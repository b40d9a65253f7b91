import type { Duration } from 'aws-cdk-lib';
import { Token } from 'aws-cdk-lib';
import { originFaults } from './allowed-origins';
import { credentialFaults } from './credential-faults';
import { faultsOfEach, notAString, quote } from './faults';
import { exposureFault, headerFault, methodFault } from './name-faults';
import type { PolicyInput } from './policy';

/**
 * Everything in the options that browsers or API Gateway would reject.
 * JavaScript passes any type at all.
 */
export function optionFaults(input: PolicyInput): string[] {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return [`cors: ${quote(input)} is not a set of options. Write { allowOrigins: ["https://app.example.com"] }.`];
  }
  return [
    ...unknownOptionFaults(Object.keys(input)),
    ...listFaults('allowOrigins', input.allowOrigins ?? null, 'https://app.example.com', originFaults),
    ...listFaults('allowMethods', input.allowMethods, 'GET', methodFaults),
    ...listFaults('allowHeaders', input.allowHeaders, 'Content-Type', (names) =>
      faultsOfEach('allowHeaders', names, headerFault),
    ),
    ...listFaults('exposeHeaders', input.exposeHeaders, 'ETag', (names) =>
      faultsOfEach('exposeHeaders', names, exposureFault),
    ),
    ...(input.allowCredentials === true ? credentialFaults(input) : flagFaults(input.allowCredentials)),
    ...maxAgeFaults(input.maxAge),
    ...statusFaults(input.statusCode),
  ];
}

/**
 * Every option of any kind of API: which of them a target takes is told where the target is known.
 */
const OPTIONS = [
  'allowOrigins',
  'allowMethods',
  'allowHeaders',
  'exposeHeaders',
  'allowCredentials',
  'maxAge',
  'statusCode',
  'errorOrigin',
  'preflight',
  'includeChildren',
  'preflightHandler',
  'originMatching',
];

/** TypeScript reports these; plain JavaScript would silently ignore them. */
function unknownOptionFaults(names: string[]): string[] {
  return names
    .filter((name) => !OPTIONS.includes(name))
    .map((name) => `cors.${name}: there is no such option. There are ${OPTIONS.join(', ')}.`);
}

function listFaults(
  option: string,
  values: unknown,
  example: string,
  faultsOf: (values: string[]) => string[],
): string[] {
  if (values === undefined) {
    return [];
  }
  if (!Array.isArray(values)) {
    const found = values === null ? 'nothing is listed' : `${quote(values)} is not a list`;
    return [`cors.${option}: ${found}. Write [${quote(typeof values === 'string' ? values : example)}].`];
  }
  if (Token.isUnresolved(values)) {
    return [];
  }
  const faults = faultsOfEach(option, values, (value) => elementFault(value, example));
  return faults.length > 0 ? faults : faultsOf(values);
}

function elementFault(value: unknown, example: string): string | undefined {
  // What spreading a deploy-time list leaves behind, or putting it into another.
  return [value].flat().some((text) => typeof text === 'string' && text.includes('#{Token['))
    ? 'a list that is known only at deployment cannot be mixed with other values. ' +
        'Pass it alone, or take single values out of it with Fn.select.'
    : notAString(value, example);
}

function methodFaults(methods: string[]): string[] {
  return methods.length === 0
    ? [
        'cors.allowMethods: an empty list would leave pages nothing but simple requests. ' +
          'List methods such as "GET", or leave allowMethods out, which announces those that the resource has.',
      ]
    : faultsOfEach('allowMethods', methods, methodFault);
}

function flagFaults(allowCredentials: unknown): string[] {
  return allowCredentials === undefined || typeof allowCredentials === 'boolean'
    ? []
    : [
        `cors.allowCredentials: ${quote(allowCredentials)} is neither true nor false. ` +
          'Write one of them, or leave it out.',
      ];
}

function maxAgeFaults(maxAge: unknown): string[] {
  if (maxAge === undefined) {
    return [];
  }
  if (!isDuration(maxAge)) {
    const [, seconds = '600'] = /^"?(\d+)"?$/.exec(quote(maxAge)) ?? [];
    return [`cors.maxAge: ${quote(maxAge)} is not a Duration. Write one such as Duration.seconds(${seconds}).`];
  }
  if (maxAge.isUnresolved()) {
    return maxAge.unitLabel() === 'seconds'
      ? []
      : [
          `cors.maxAge: browsers count in seconds, and a deploy-time number of ${maxAge.unitLabel()} cannot be ` +
            'converted. Use Duration.seconds(…).',
        ];
  }
  const seconds = maxAge.toSeconds({ integral: false });
  if (seconds > 86_400) {
    return [
      `cors.maxAge: ${seconds} seconds is longer than any browser remembers a preflight. ` +
        'The longest that one honours is Duration.hours(24).',
    ];
  }
  return Number.isInteger(seconds) && seconds >= 0
    ? []
    : [
        `cors.maxAge: ${seconds} seconds is not a whole number of seconds. ` +
          'Use whole seconds; Duration.seconds(0) turns the preflight cache off.',
      ];
}

/** Duck-typed: the app may load another copy of aws-cdk-lib. */
function isDuration(value: any): value is Duration {
  return [value?.toSeconds, value?.isUnresolved, value?.unitLabel].every((method) => typeof method === 'function');
}

function statusFaults(statusCode: unknown): string[] {
  if (
    statusCode === undefined ||
    (Number.isInteger(statusCode) && Number(statusCode) >= 200 && Number(statusCode) <= 299)
  ) {
    return [];
  }
  const found = Token.isUnresolved(statusCode)
    ? 'a deploy-time value cannot be checked'
    : `${quote(statusCode)} is not what browsers accept`;
  return [
    `cors.statusCode: ${found}, and a preflight passes only with a number from 200 to 299. ` +
      'Write 204, or leave statusCode out.',
  ];
}
