import type { IConstruct } from 'constructs';
import { type EnableCorsOptions, PreflightPlacement } from '../options/cors-options';
import { hasDocument, hasUnreadableDocument } from '../tree/api-documents';
import { l1Of } from '../tree/cdk-internals';

/** Faults of a policy on an API that is made from a document, whatever is in it. */
export function documentTargetFaults(target: IConstruct, options: EnableCorsOptions | undefined): string[] {
  const api = l1Of(target);
  if (!api) return [];
  if (hasUnreadableDocument(api)) {
    return [
      `apiDefinition: the OpenAPI document of ${target.node.path} is in S3 or an asset, ` +
        'where CORS cannot be put in. ' +
        'Use CorsApiDefinition.fromFile(…), or ApiDefinition.fromInline(…).',
    ];
  }
  return hasDocument(api) && options?.preflight === PreflightPlacement.SHARED
    ? [
        `cors.preflight: ${target.node.path} is made from a document, ` +
          'which answers the preflights of each path at no CloudFormation resource. Leave preflight out.',
      ]
    : [];
}
