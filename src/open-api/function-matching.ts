import type { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { OpenApiDocument } from '../api-gateway/open-api/document';
import { ownMatchingConfiguration, unmatchedRoute } from '../policy/function-matching';
import { type Attachment, identity } from '../tree/attachments';
import { targetsOnlyCorsAwareBackends } from '../tree/cors-aware-backends';
import { withWaysOut } from '../tree/default-policies';
import { writtenUri } from './written-backends';

/**
 * `OriginMatching.FUNCTIONS` for the routes of a document. It is told when the tree is whole: a
 * `CorsRuntime` may come last.
 */
export function refuseUnmatchedOperations(cfn: CfnResource, look: Look): void {
  const isNew = !looks.has(cfn);
  looks.set(cfn, look);
  const validate = () => {
    const latest = looks.get(cfn)!;
    return faultsOf(cfn, latest).map((fault) => withWaysOut(fault, latest.attachment));
  };
  if (isNew) cfn.node.addValidation({ validate });
}

/** What the latest look at an API found. */
interface Look {
  readonly body: object;
  readonly hasOwnCors: boolean;
  /** The policy that the routes are to follow. */
  readonly attachment: Attachment;
}

const looks = new WeakMap<IConstruct, Look>();

function faultsOf(cfn: CfnResource, { body, hasOwnCors }: Look): string[] {
  const { path } = identity(cfn).node;
  const document = new OpenApiDocument(body);
  const unmatched = document.operations.filter((operation) => {
    const isProxy = document.integrationsOf(operation).every(({ type }) => /^aws_proxy$/i.test(type));
    return !isProxy || !targetsOnlyCorsAwareBackends(writtenUri(cfn, operation), cfn);
  });
  return [
    ...(hasOwnCors ? [ownMatchingConfiguration(path)] : []),
    ...unmatched.map(({ verb, path: route }) => unmatchedRoute(`${verb} ${route}`, path)),
  ];
}
