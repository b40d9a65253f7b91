import { isObject } from '../template/cloudformation-template';
import { isKnown, readable } from '../unknown';
import type { FunctionCors } from './api-model';

/**
 * What a function makes of its CORS_POLICY when it starts. Its helper refuses what it could not
 * follow, and then the function answers nothing. See docs/proxy-backends.md, CORS_POLICY.
 */
export function readFunctionPolicy(text: string, name: string): FunctionCors {
  const variable = `CORS_POLICY of the function ${name}`;
  const given = parsed(text);
  const fault = faultOf(given, text);
  if (fault === undefined) return { policy: { origins: [], patterns: [], status: 204, ...given } };
  return isKnown(text)
    ? { fault: `the function ${name} does not start: CORS_POLICY ${fault}` }
    : { doubt: `${variable} is ${readable(text)}` };
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf(given: any, text: string): string | undefined {
  if (!isObject(given)) return 'is not a JSON object';
  for (const [field, value] of Object.entries(given)) {
    if (!Object.hasOwn(FIELDS, field)) return `has no field ${field}`;
    if (!FIELDS[field](value)) return `has ${JSON.stringify(value)} as ${field}`;
  }
  if ((given.quotes ?? quotesIn(text)) !== quotesIn(text)) return 'has a deploy-time value with a quote in it';
  return given.origins?.length || given.patterns?.length ? undefined : 'names nobody in origins or patterns';
}

const quotesIn = (text: string): number => text.split('"').length - 1;
const isText = (value: any): boolean => typeof value === 'string';
const isList = (value: any): boolean => Array.isArray(value) && value.every(isText);

const FIELDS: Record<string, (value: any) => boolean> = {
  origins: isList,
  patterns: (value) => isList(value) && value.every(compiles),
  methods: isText,
  headers: isText,
  maxAge: (value) => Number.isInteger(value) && value >= 0,
  expose: isText,
  credentials: (value) => typeof value === 'boolean',
  status: (value) => Number.isInteger(value) && value >= 200 && value <= 299,
  answersOptions: (value) => typeof value === 'boolean',
  quotes: (value) => Number.isInteger(value) && value >= 0,
};

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern) !== undefined; // alone: it cannot leave the anchors of `whole`
  } catch {
    return false;
  }
}

/** For the whole of an origin. */
export function whole(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`);
}
