import { DISTRIBUTION_TEXTS } from './texts/distributions';
import { HTTP_API_TEXTS } from './texts/http-api';
import { LAMBDA_TEXTS } from './texts/lambda';
import { OPEN_API_TEXTS } from './texts/open-api';
import { POLICY_TEXTS } from './texts/policy';
import { REST_API_TEXTS } from './texts/rest-api';

/** Each warning and information, once: a text, or one that depends on details. */
export const TEXTS = {
  ...POLICY_TEXTS,
  ...REST_API_TEXTS,
  ...HTTP_API_TEXTS,
  ...OPEN_API_TEXTS,
  ...LAMBDA_TEXTS,
  ...DISTRIBUTION_TEXTS,
};

/** Never changes; the annotation has `cdk-cors:` in front. Explained in `docs/rules.md`. */
export type WarningId = keyof typeof TEXTS;

/** The details that the text of a warning depends on, if it depends on any. */
export type Details<Id extends WarningId> = (typeof TEXTS)[Id] extends (...details: infer Given) => string[]
  ? Given
  : [];

/** Something that works, though perhaps not as it was meant. */
export interface Warning {
  readonly id: WarningId;
  readonly text: string;
}

export function warning<Id extends WarningId>(id: Id, ...details: Details<Id>): Warning {
  const text = TEXTS[id] as string[] | ((...given: unknown[]) => string[]);
  return { id, text: (Array.isArray(text) ? text : text(...details)).join(' ') };
}

/** Where an id is explained. */
export function paragraphOf(id: WarningId): string {
  return `https://github.com/cdkcors/cdk-cors/blob/main/docs/rules.md#${id.toLowerCase()}`;
}
