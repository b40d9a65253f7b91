import type { CfnResource } from 'aws-cdk-lib';
import { keyOf, type Operation } from '../api-gateway/open-api/document';
import { targetsCorsAwareBackend } from '../tree/cors-aware-backends';
import { propertyBeforePatch } from '../tree/wrapped-property';

/**
 * The backend of an operation as the user wrote it, with its references to constructs. What a
 * document refers to with `$ref` is not looked up.
 */
export function writtenUri(cfn: CfnResource, { verb, path }: Operation): unknown {
  const written: any = propertyBeforePatch(cfn, 'Body');
  return written?.paths?.[path]?.[keyOf(verb)]?.['x-amazon-apigateway-integration']?.uri;
}

/** Whether something in this app sees to it that the backend sends the headers. */
export function answersForItself(cfn: CfnResource, operation: Operation): boolean {
  const uri = writtenUri(cfn, operation);
  return uri !== undefined && targetsCorsAwareBackend(uri, cfn);
}
