import { CfnParameter } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AllowedOrigins } from '../policy/allowed-origins';
import { referencedIn } from '../tree/references';
import { type Warning, warning } from '../warnings/catalogue';

/** For origins that are compared in a mapping template. */
export function unboundedParameter(origins: AllowedOrigins, scope: IConstruct): Warning | undefined {
  const parameters = referencedIn(origins.exact, scope)
    .filter((target) => target instanceof CfnParameter)
    .filter((parameter) => parameter.allowedPattern === undefined && parameter.allowedValues === undefined)
    .map((parameter) => parameter.node.id);
  return parameters.length > 0 ? warning('UnboundedParameter', { parameters: [...new Set(parameters)] }) : undefined;
}
