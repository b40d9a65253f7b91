import { isKnown, unknown } from '../unknown';

/**
 * Reading properties that a template may spell in its own way: numbers as text, single values as
 * lists, nothing at all.
 */

export function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export function listOf(value: unknown): any[] {
  return Array.isArray(value) ? value.filter((item) => item !== null && item !== undefined) : [];
}

export function strings(value: unknown): string[] {
  return listOf(value).map(textOf);
}

/**
 * A text in place of a list, one that only the deployment knows among them,
 * stands for a list of one.
 */
export function oneOrMore(value: unknown): string[] {
  return typeof value === 'string' ? [value] : strings(value);
}

export function entriesOf(value: unknown): [string, any][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

export function mapOf(value: unknown): Map<string, string> {
  return new Map(entriesOf(value).map(([key, item]) => [key, textOf(item)]));
}

/** CloudFormation takes texts for booleans, in any case. */
export function isTrue(value: unknown): boolean {
  return textOf(value).toLowerCase() === 'true';
}

/** Whether one of these is known only after deployment, as a whole. */
export function isOpen(...values: unknown[]): boolean {
  return values.some((value) => typeof value === 'string' && !isKnown(value));
}

/** Variables of several stages: what they do not agree on is unknown. */
export function sharedVariables(stages: Map<string, string>[]): Record<string, string> {
  const names = new Set(stages.flatMap((stage) => Array.from(stage.keys())));
  return Object.fromEntries(
    Array.from(names, (name) => {
      const values = new Set(stages.map((stage) => stage.get(name)));
      const [value] = values;
      return [name, values.size === 1 && value !== undefined ? value : unknown(`stage variable ${name}`)];
    }),
  );
}

/**
 * { 'method.response.header.Vary': "'Origin'" } → Vary ↦ 'Origin'; mappings of anything else are
 * left out.
 */
export function mappedHeaders(parameters: Map<string, string>, prefix: string): Map<string, string> {
  return new Map(
    Array.from(parameters).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  );
}

/** Declared header names, in lower case. */
export function headerNamesOf(parameters: string[]): Set<string> {
  return new Set(parameters.map((key) => key.replace(/^method\.response\.header\./, '').toLowerCase()));
}
