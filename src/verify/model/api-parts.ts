import type { FoundResource } from '../template/all-resources';
import { readable } from '../unknown';

/** The resources that make up one API, wherever they stand. */
export interface ApiParts {
  /**
   * The id that references to the API resolve to, or the literal id of an API that was made
   * elsewhere.
   */
  readonly id: string;
  /** The API itself, if one of the templates makes it. */
  readonly api?: FoundResource;
  readonly parts: FoundResource[];
  /**
   * What they may refer to, by the id that references resolve to: authorizers, validators, models,
   * integrations, Lambda functions.
   */
  readonly byId: Map<string, FoundResource>;
  /** A nested stack that gets this API's id, but whose template is not at hand. */
  readonly unread?: string;
  /** What adds to the API only when it is deployed. */
  readonly additions: string[];
}

/** `type`: 'AWS::ApiGateway::Method', … */
export function partsOfType({ parts }: ApiParts, type: string): FoundResource[] {
  return parts.filter((part) => part.type === type);
}

/** Why an API may have more than the templates show. */
export function incompleteness({ id, api, unread, additions }: ApiParts): string[] {
  return [
    ...additions,
    ...(api ? [] : [`the API ${readable(id)} itself is made elsewhere`]),
    ...(unread
      ? [
          `the nested stack ${unread} may add to it, and its template is not at hand ` +
            '(try CorsSimulator.fromAssembly or fromStack)',
        ]
      : []),
  ];
}
