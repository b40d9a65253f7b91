import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isIntrinsic } from '../api-gateway/cloudformation-conditions';
import { pointer } from '../api-gateway/open-api/json-pointer';
import { CorsPolicyError } from '../policy/faults';

/** Of the JSON text. A template has 1 MB for everything. */
const LARGEST_INLINE = 400_000;

/**
 * Where CloudFormation finds a document that is too large for a template: as an asset in S3.
 * `undefined` for one that is not.
 *
 * @throws where the document has values in it that only the deployment knows: nobody puts them into
 * a file.
 */
export function locationOfLarge(document: unknown, api: CfnResource): { bucket: string; key: string } | undefined {
  const text = JSON.stringify(document);
  const size = Buffer.byteLength(text);
  if (size <= LARGEST_INLINE) return undefined;
  const open = deployTimeValues(document, []);
  if (open.length > 0) throw new CorsPolicyError([`${api.node.path}: ${tooLarge(size, open)}`]);
  const asset = assetOf(text, api);
  return { bucket: asset.s3BucketName, key: asset.s3ObjectKey };
}

/** Another look at the tree may find another document. */
function assetOf(text: string, api: CfnResource) {
  // Loaded here: only apps with large documents pay for it.
  const { Asset }: typeof import('aws-cdk-lib/aws-s3-assets') = require('aws-cdk-lib/aws-s3-assets');
  const id = `@cdk-cors-document-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
  const existing = api.node.tryFindChild(id);
  if (existing) return existing as InstanceType<typeof Asset>;
  const path = join(mkdtempSync(join(tmpdir(), 'cdk-cors-')), 'openapi.json');
  writeFileSync(path, text);
  return new Asset(api as Construct, id, { path });
}

function deployTimeValues(value: unknown, keys: string[]): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const [[name, inner] = []] = Object.entries(value);
  if (isIntrinsic(value) && (name !== 'Ref' || typeof inner === 'string')) return [`${pointer(keys)} (${name})`];
  return Object.entries(value).flatMap(([key, item]) => deployTimeValues(item, [...keys, key]));
}

function tooLarge(size: number, open: string[]): string {
  const shown = open.slice(0, 3).join(', ');
  const more = open.length > 3 ? ` and ${open.length - 3} more` : '';
  return (
    `with CORS the OpenAPI document has ${size} bytes, ` +
    `and more than ${LARGEST_INLINE} do not fit into a template. ` +
    'It cannot be a file in S3 either, as that holds no values that are known only at deployment: ' +
    `${shown}${more}. Write them as literals or stage variables, or split the API.`
  );
}
