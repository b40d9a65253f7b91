import { responseHeaders } from '../policy/header-values';
import type { Policy } from '../policy/policy';
import { originTemplate } from './mapping-template';

/** What a real response is to carry. */
export interface ResponseAdditions {
  /** Headers whose value can be written down. */
  readonly headers: Record<string, string>;
  /** Velocity that adds the page's origin, or `''` where that is one of the headers. */
  readonly template: string;
}

export function responseAdditions(policy: Policy): ResponseAdditions {
  return {
    headers: responseHeaders(policy),
    template: policy.origins.fixed === undefined ? originTemplate(policy.origins) : '',
  };
}

/**
 * A user's response template with ours in front; one that says by itself who may read is the
 * user's: a second override would be a 500.
 */
export function withOriginTemplate(template: string, { template: velocity }: ResponseAdditions): string {
  return overridesOrigin(template) ? template : velocity + template;
}

/** A template where there was none, which hands the body on as it came. A mock has no body. */
export function bodyTemplate({ template }: ResponseAdditions, isMock: boolean): string {
  return isMock ? template : `${template}$input.body`;
}

export function overridesOrigin(template: string): boolean {
  return /responseoverride\.header\.?(\[\\?["'])?access-control-allow-origin/i.test(template);
}
