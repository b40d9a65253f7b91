import { readFileSync } from 'node:fs';
import { ApiDefinition } from 'aws-cdk-lib/aws-apigateway';
import { documentFaults } from '../open-api/document-faults';
import { CorsPolicyError } from '../policy/faults';
import { parseText } from '../text/json-or-yaml';

/**
 * OpenAPI files that CORS can be put into.
 *
 * `ApiDefinition.fromAsset` leaves a file as it is, and nothing in it can be read or changed at
 * synthesis.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 */
export class CorsApiDefinition {
  /**
   * Reads an OpenAPI document of version 2.0 or 3.0 into the template.
   *
   * JSON or YAML. The short tags of CloudFormation (`!Sub`, `!Ref`, `!GetAtt`, …) become what they
   * stand for, with the logical ids of the template. A document of more than 400 kB is deployed as
   * an asset.
   *
   * @param path of the file, relative to the working directory
   * @throws an error that names the file, and each fault of the document with its JSON pointer.
   * @example
   * const api = new CorsEnabledSpecRestApi(this, 'Api', {
   *   apiDefinition: CorsApiDefinition.fromFile('petstore.yaml'),
   *   cors: { allowOrigins: ['https://app.example.com'] },
   * });
   */
  public static fromFile(path: string): ApiDefinition {
    const document = documentIn(path);
    const faults = documentFaults(document);
    if (faults.length > 0) throw new CorsPolicyError(faults.map((fault) => path + fault));
    return ApiDefinition.fromInline(document);
  }
}

function documentIn(path: string): any {
  const repeated: string[] = [];
  const document = refusing(() => parseText(textOf(path), path, repeated));
  if (repeated.length > 0) throw new CorsPolicyError([`${path}, ${repeated[0]}. Remove one of them.`]);
  return document;
}

/** The readers of texts know nothing of policies. */
function refusing<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CorsPolicyError([(error as Error).message]);
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new Error(`${path}: ${reason(error as NodeJS.ErrnoException)}. Relative paths start at ${process.cwd()}.`);
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'this is a folder, not a file' : message;
}
