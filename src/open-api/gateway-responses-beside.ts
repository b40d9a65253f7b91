import { type CfnResource, Stack } from 'aws-cdk-lib';
import { asText } from '../text/as-text';
import { knownProperty, property } from '../tree/properties';
import { Waiting } from '../tree/waiting';

/** A gateway response that is a resource beside the document of its API. */
export interface ResponseBeside {
  readonly type: string;
  /**
   * As the document has it; may hold deploy-time values. `undefined` where it cannot go in: it is
   * made in another stack, or from something that needs the API first.
   */
  readonly response?: Record<string, unknown>;
  /** The name of the condition that it is made under. */
  readonly condition?: string;
}

const PARTS = {
  statusCode: 'StatusCode',
  responseParameters: 'ResponseParameters',
  responseTemplates: 'ResponseTemplates',
};

/**
 * The part of a document that stands for such a resource: an import of a changed document drops the
 * gateway responses that are not in it, and nobody puts the resource there again, as it has not
 * changed.
 */
export function responseBeside(cfn: CfnResource, api: CfnResource): ResponseBeside {
  const type = asText(knownProperty(cfn, 'ResponseType'));
  const response = Object.fromEntries(
    Object.entries(PARTS)
      .map(([name, part]) => [name, property(cfn, part)])
      .filter(([, value]) => value !== undefined),
  );
  const { condition } = cfn.cfnOptions;
  return Stack.of(cfn) !== Stack.of(api) || new Waiting().needs(response, cfn, api)
    ? { type }
    : { type, response, ...(condition && { condition: Stack.of(cfn).resolve(condition.logicalId) }) };
}
