import { readable, unknown } from '../unknown';
import type { RestMethod } from './api-model';
import { isOpen, isTrue } from './properties';

/** The two switches of a request validator. */
interface ValidatorSwitches {
  readonly parameters: unknown;
  readonly body: unknown;
}

/**
 * What a validator asks requests for; what may turn out to be asked for is there too, and
 * `validatorDoubt` says why.
 */
export type Validation = Pick<RestMethod, 'requiredParameters' | 'validatesBody' | 'validatorDoubt'>;

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 */
export function validationBy(
  validator: ValidatorSwitches,
  parameters: [name: string, isRequired: unknown][],
  bodyModels: unknown[],
): Validation {
  const required = couldBeTrue(validator.parameters)
    ? parameters.filter(([, isRequired]) => couldBeTrue(isRequired))
    : [];
  const validatesBody = couldBeTrue(validator.body) && bodyModels.length > 0;
  const switches = [
    ...(required.length > 0 ? [validator.parameters, ...required.map(([, isRequired]) => isRequired)] : []),
    ...(validatesBody ? [validator.body] : []),
  ];
  const open = switches.find((value) => isOpen(value));
  return {
    requiredParameters: required.map(([name]) => name),
    validatesBody,
    validatorDoubt:
      open === undefined ? undefined : `what its request validator asks for depends on ${readable(String(open))}`,
  };
}

export const NO_VALIDATOR: ValidatorSwitches = { parameters: false, body: false };

/** A validator that the template only names. */
export function validatorElsewhere(id: string): ValidatorSwitches {
  const open = unknown(`the request validator ${readable(id)}, which is made elsewhere`);
  return { parameters: open, body: open };
}

function couldBeTrue(value: unknown): boolean {
  return isTrue(value) || isOpen(value);
}
