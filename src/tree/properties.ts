import { type CfnResource, Stack, Token } from 'aws-cdk-lib';
import { getOrCreate } from '../collections';
import { propertyOverrides, rawProperties, setRawProperty } from './cdk-internals';

/**
 * A property of an L1 with a single value, as it stands now, unresolved. An override of the user's
 * (`addPropertyOverride`) wins.
 */
export function property(resource: CfnResource, name: string): any {
  return isOverridden(resource, name) ? overrideOf(resource, name) : ownProperty(resource, name);
}

/** A property as far as it is known at synthesis: resolved if it is a token. */
export function knownProperty(resource: CfnResource, name: string): any {
  const value = property(resource, name);
  const isPlain = value === undefined || (typeof value === 'string' && !Token.isUnresolved(value));
  return isPlain ? value : Stack.of(resource).resolve(value);
}

/** What the user put over a property, or over parts of it, with `addPropertyOverride`. */
export function overrideOf(resource: CfnResource, name: string): any {
  return propertyOverrides(resource)?.[name];
}

/** Also where the user took a property away, with `addPropertyDeletionOverride`. */
export function isOverridden(resource: CfnResource, name: string): boolean {
  const overrides = propertyOverrides(resource);
  return overrides !== undefined && name in overrides;
}

/**
 * A property as it was assigned, without overrides: typed L1s spell it `restApiId`, raw
 * `CfnResource`s `RestApiId`.
 */
export function ownProperty(resource: CfnResource, name: string): any {
  return (resource as any)[camelCase(name)] ?? rawProperties(resource)[name];
}

/** Puts another value in place of a property; overrides still win. */
export function assignProperty(resource: CfnResource, name: string, value: unknown): void {
  if (isTyped(resource, name)) (resource as any)[camelCase(name)] = value;
  else setRawProperty(resource, name, value);
}

/** Whether an L1 spells its properties in camelCase. */
export function isTyped(resource: CfnResource, name: string): boolean {
  return camelCase(name) in resource;
}

/** Cached: a string that is built again each time has to be looked up again, too. */
const camelCased = new Map<string, string>();

function camelCase(name: string): string {
  return getOrCreate(camelCased, name, () => name.charAt(0).toLowerCase() + name.slice(1));
}
