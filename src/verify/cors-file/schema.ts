import { checkOrigin } from '../browser/origin';
import { headersFault } from '../browser/request-headers';
import { SAMPLE_BODIES } from '../requests/body-type';
import { pageHeaderFault } from '../requests/page-headers';
import { FINDING_RULES } from './finding-rules';
import type { Shape } from './shape';

const ORIGIN: Shape = {
  type: 'string',
  description:
    'A page’s origin, byte for byte as the browser sends it: scheme, host and a port that is not the default.',
  pattern: '^(null|[a-z][a-z0-9+.-]*://[^\\s/?#]+)$',
  examples: ['https://app.example.com', 'http://localhost:3000'],
  check: (origin) => {
    try {
      checkOrigin(origin);
      return undefined;
    } catch (error) {
      return (error as Error).message.replace(/^origin: /, '');
    }
  },
};

const ROUTE: Shape = {
  type: 'string',
  description: 'A route with all its methods (`/items/{id}`), or one method of it (`GET /items/{id}`).',
  pattern: '^([A-Z]+ )?\\S.*$',
  examples: ['/items/{id}', 'GET /items/{id}', '$default'],
};

const HEADER_VALUES: Shape = {
  type: 'object',
  description: 'Header names with their values.',
  additionalProperties: { type: 'string', description: 'The value of the header.' },
  check: (headers) => (hasTexts(headers) ? headersFault(headers) : undefined),
};

const VALUES: Shape = {
  type: 'object',
  description:
    'Values that are known only after deployment, by name: a parameter (`WebsiteUrl`), ' +
    'an attribute (`Distribution.DomainName`), an export or a dynamic reference.',
  additionalProperties: { type: 'string', description: 'What it will be.' },
};

const ACCEPTED: Shape = {
  type: 'object',
  description: 'Findings that do not count, and why.',
  additionalProperties: false,
  required: ['rule', 'why'],
  properties: {
    rule: { type: 'string', description: 'The rule of the finding.', enum: FINDING_RULES },
    routes: {
      type: 'array',
      description: 'The routes that it is about; left out, every route.',
      minItems: 1,
      items: ROUTE,
    },
    origins: {
      type: 'array',
      description: 'The origins of the pages that it is about; left out, every origin.',
      minItems: 1,
      // Look-alikes are no origins that a browser sends, such as one in capital letters.
      items: { type: 'string', description: 'As the finding names it.', minLength: 1 },
    },
    via: {
      type: 'array',
      description:
        'The distributions in front of the API that it is about; left out, every way to the API; ' +
        'an empty list, only the own address of the API.',
      items: { type: 'string', description: 'As the finding names it.', minLength: 1, examples: ['Shop/Edge'] },
    },
    why: { type: 'string', description: 'Why it is accepted, for those who read it later.', minLength: 1 },
    until: {
      type: 'string',
      description: 'The last day on which it is accepted (UTC). From the next day on the finding counts again.',
      pattern: '^\\d{4}-\\d{2}-\\d{2}$',
      examples: ['2030-12-31'],
      check: (day) => (isDay(day) ? undefined : `"${day}" is not a day. Write it like 2030-12-31`),
    },
  },
};

const API: Shape = {
  type: 'object',
  description: 'What has to hold for an API.',
  additionalProperties: false,
  properties: {
    origins: {
      type: 'array',
      description:
        'The origins of the pages that have to be able to use every route. Left out: those that the API itself names.',
      minItems: 1,
      items: ORIGIN,
    },
    onlyThese: {
      type: 'boolean',
      description:
        'Whether no other origin may get in: `null`, localhost, look-alikes of each origin and what the API ' +
        'names besides are tried (rule `wider`).',
    },
    strangers: {
      type: 'array',
      description: 'Origins whose pages must not be able to read anything (rule `wider`).',
      minItems: 1,
      items: ORIGIN,
    },
    headers: {
      type: 'object',
      description:
        'Headers that the pages set besides those that a route asks for. ' +
        '`PUT,POST: content-type` stands for requests of these methods, and an empty value leaves out a header.',
      examples: [{ 'x-tenant': 'acme', 'PUT,POST: content-type': 'text/csv' }],
      additionalProperties: { type: 'string', description: 'The value of the header.' },
      check: (headers) =>
        hasTexts(headers)
          ? Object.entries(headers)
              .map(([key, value]) => pageHeaderFault(key, value, '"credentials": true'))
              .find((fault) => fault !== undefined)
          : undefined,
    },
    credentials: { type: 'boolean', description: 'Whether the pages send cookies along.' },
    reads: {
      type: 'array',
      description: 'Headers of responses that the pages read: the API has to expose them.',
      minItems: 1,
      items: {
        type: 'string',
        description: 'The name of a header.',
        examples: ['X-Total-Count'],
        check: (name) => (headersFault({ [name]: '' }) ? `"${name}" is not the name of a header` : undefined),
      },
    },
    body: {
      type: 'string',
      description: 'What the pages send with PUT, POST and PATCH. Left out: JSON, unless the API says another type.',
      enum: SAMPLE_BODIES,
    },
    errors: { type: 'boolean', description: 'Whether an error that a page could not read counts.' },
    backends: {
      type: 'boolean',
      description: 'Whether a route counts where a backend decides, which no template shows.',
    },
    strict: {
      type: 'boolean',
      description:
        'Whether everything counts that is not certainly well: `errors`, `backends`, what is unknown, ' +
        'and credentials that the API allows and that make it fail.',
    },
    backendHeaders: {
      type: 'array',
      description:
        'The headers that proxy backends send, which no template shows. The first entry that fits a route counts.',
      minItems: 1,
      items: {
        type: 'object',
        description: 'The headers that the backends of some routes send with every answer.',
        additionalProperties: false,
        required: ['headers'],
        properties: {
          routes: { type: 'array', description: 'The routes; left out, every route.', minItems: 1, items: ROUTE },
          headers: HEADER_VALUES,
        },
      },
    },
    values: VALUES,
    accepted: { type: 'array', description: 'What is accepted although it is not well.', items: ACCEPTED },
  },
};

/** The content of `cdk-cors.json`: docs/cdk-cors.schema.json is this as JSON. */
export const CORS_FILE: Shape = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://raw.githubusercontent.com/cdkcors/cdk-cors/main/docs/cdk-cors.schema.json',
  title: 'cdk-cors.json',
  description: 'Which pages may use which API, for `cdk-cors check` and the validation plugin.',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', description: 'The address of this schema, for editors.' },
    values: VALUES,
    apis: {
      type: 'object',
      description:
        'By API: its logical id, its construct path, or a pattern in which `*` stands for a part of a path and ' +
        '`**` for anything. ' +
        'Every entry that fits counts: of one option the last entry wins, `values` and `accepted` add up.',
      examples: [{ 'Shop/Api': { origins: ['https://app.example.com'] } }],
      additionalProperties: API,
    },
  },
};

function hasTexts(headers: Record<string, unknown>): headers is Record<string, string> {
  return Object.values(headers).every((value) => typeof value === 'string');
}

/** Whether a text is a day of the calendar, such as 2030-12-31. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
