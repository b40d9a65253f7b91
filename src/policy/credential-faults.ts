import { quote } from './faults';
import { OriginPattern } from './origin-pattern';
import type { PolicyInput } from './policy';
import { publicSuffixOf, spansPublicSuffix } from './public-suffix';

/**
 * Faults of options beside `allowCredentials: true`: browsers refuse them,
 * or strangers could act as the visitor.
 */
export function credentialFaults(input: PolicyInput): string[] {
  return [
    ...(has(input.allowOrigins, '*')
      ? [
          "cors.allowCredentials: browsers refuse credentials together with allowOrigins: ['*']. " +
            'List the origins, or leave allowCredentials out.',
        ]
      : []),
    ...strings(input.allowOrigins).flatMap(patternFaults),
    ...starFaults('allowMethods', input.allowMethods, 'List the methods, or leave allowMethods out.'),
    ...starFaults('allowHeaders', input.allowHeaders, 'List the headers by name.'),
    ...starFaults('exposeHeaders', input.exposeHeaders, 'List the headers by name.'),
  ];
}

function patternFaults(value: string, index: number): string[] {
  const pattern = OriginPattern.of(value);
  if (/^https?:\/\/\*$/.test(value)) {
    return [
      `cors.allowOrigins[${index}]: ${quote(value)} with credentials would let any site act as the visitor. ` +
        'List the origins, or leave allowCredentials out.',
    ];
  }
  if (pattern?.wildcardHost === undefined || !spansPublicSuffix(pattern.wildcardHost)) {
    return [];
  }
  const suffix = publicSuffixOf(pattern.wildcardHost);
  return [
    `cors.allowOrigins[${index}]: anyone can get a name that ${quote(value)} matches, ` +
      `since ${suffix} belongs to no single owner, and with credentials could act as the visitor. ` +
      `List your own names under ${suffix}, or leave allowCredentials out.`,
  ];
}

function starFaults(option: string, values: unknown, cure: string): string[] {
  return has(values, '*')
    ? [`cors.${option}: with credentials browsers take "*" for a name like any other, not for all of them. ${cure}`]
    : [];
}

function has(values: unknown, value: string): boolean {
  return strings(values).includes(value);
}

/** The strings of a list; other values are named as faults already. */
function strings(values: unknown): string[] {
  return Array.isArray(values) ? values.map((value) => (typeof value === 'string' ? value : '')) : [];
}
