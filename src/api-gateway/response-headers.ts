import { type ComparedOrigins, originTemplate, overridesOrigin } from './mapping-template';
import { withoutCredentials } from './own-headers';

/** The headers to add to an actual response. */
export interface ResponseAdditions {
  /** Headers whose value can be written down. */
  readonly headers: Record<string, string>;
  /** Velocity that adds the page's origin, or `''` where that is one of the headers. */
  readonly template: string;
}

/** @param origins those to compare with the page's, where no header can be written down */
export function responseAdditions(headers: Record<string, string>, origins?: ComparedOrigins): ResponseAdditions {
  return { headers, template: origins ? originTemplate(origins) : '' };
}

/** What is left to add where the user's own template or override decides who may read. */
export function besideOwnOrigin({ headers }: ResponseAdditions, mayBeAnyone: boolean): ResponseAdditions {
  return { headers: mayBeAnyone ? withoutCredentials(headers) : headers, template: '' };
}

/**
 * A user's response template with ours in front. One that sets the header already is left alone:
 * overriding it twice makes API Gateway answer 500.
 */
export function withOriginTemplate(template: string, { template: velocity }: ResponseAdditions): string {
  return overridesOrigin(template) ? template : velocity + template;
}

/** A template where there was none, which hands the body on as it came. A mock has no body. */
export function bodyTemplate({ template }: ResponseAdditions, isMock: boolean): string {
  return isMock ? template : `${template}$input.body`;
}
