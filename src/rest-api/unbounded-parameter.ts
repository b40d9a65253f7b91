import { CfnParameter } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { AllowedOrigins } from '../policy/allowed-origins';
import type { PolicyWarning } from '../policy/policy';
import { referencedIn } from '../tree/references';

/** For origins that are compared in a mapping template. */
export function unboundedParameter(origins: AllowedOrigins, scope: IConstruct): PolicyWarning | undefined {
  const parameters = referencedIn(origins.exact, scope)
    .filter((target) => target instanceof CfnParameter)
    .filter((parameter) => parameter.allowedPattern === undefined && parameter.allowedValues === undefined)
    .map((parameter) => parameter.node.id);
  return parameters.length > 0
    ? {
        id: 'UnboundedParameter',
        text: `cors.allowOrigins: whoever deploys can put a quote into the parameter ${[...new Set(parameters)].join(', ')}, and with it code into the mapping template that compares origins. Give it an allowedPattern such as "https://[a-z0-9.-]+".`,
      }
    : undefined;
}
