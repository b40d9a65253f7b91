import { isIntrinsic } from '../api-gateway/cloudformation-conditions';
import { keyOf, OpenApiDocument } from '../api-gateway/open-api/document';
import { pointer, valueAt } from '../api-gateway/open-api/json-pointer';

/**
 * The faults that keep a document from being read, each with its pointer: `#/paths/~1pets: …`. Of
 * the faults that API Gateway itself refuses, only those that matter here, and every `$ref` that
 * leads nowhere, but for those to models.
 */
export function documentFaults(document: unknown, { takesDefault = false } = {}): string[] {
  if (isIntrinsic(document))
    return [
      '#: the document is known only at deployment, so CORS cannot be put into it. ' +
        'Write it out; conditions may stand inside.',
    ];
  if (!isObject(document)) return [`#: an OpenAPI document is an object, not ${describe(document)}.`];
  const version = versionFault(document);
  if (version) return [version];
  const references = referenceFaults(document, document, []);
  return [
    ...pathFaults(document, takesDefault),
    ...(references.length > 0 ? references : listFaults(new OpenApiDocument(document))),
  ];
}

/** Whether the document is of a version that API Gateway does not promise to import. */
export function isVersion31(document: any): boolean {
  return /^3\.1(\.|$)/.test(document?.openapi);
}

function versionFault({ swagger, openapi }: Record<string, any>): string | undefined {
  if (swagger === '2.0' || /^3\.[01](\.\d+)?(-.*)?$/.test(typeof openapi === 'string' ? openapi : '')) return undefined;
  if (swagger === undefined && openapi === undefined) {
    return (
      '#: neither swagger: "2.0" nor openapi: "3.0.x" says that this is an OpenAPI document, ' +
      'and which version it has.'
    );
  }
  const [key, value] = swagger === undefined ? ['openapi', openapi] : ['swagger', swagger];
  return typeof value === 'number'
    ? `#/${key}: ${value} is a number. Put the version into quotes: ${key}: "${key === 'swagger' ? '2.0' : '3.0.3'}".`
    : `#/${key}: ${JSON.stringify(value)} is not a version that API Gateway imports. It knows 2.0 and 3.0.`;
}

function pathFaults(document: Record<string, any>, takesDefault: boolean): string[] {
  const { paths } = document;
  if (paths === undefined && isVersion31(document)) return [];
  if (!isObject(paths))
    return [`#/paths: ${paths === undefined ? 'is missing' : `is ${describe(paths)}, not an object`}.`];
  return Object.entries(paths).flatMap(([path, item]) => {
    const where = pointer(['paths', path]);
    if (path.startsWith('Fn::'))
      return [`${where}: these paths are known only at deployment, so CORS cannot be put into them. Write them out.`];
    if (path.startsWith('x-')) return [];
    const isPath = path.startsWith('/') || (takesDefault && path === '$default');
    if (!isPath) return [`${where}: a path starts with "/".`];
    if (!isObject(item)) return [`${where}: a path item is an object, not ${describe(item)}.`];
    return Object.entries(item).flatMap(([key, value]) =>
      OPERATION.test(key) && !isObject(value)
        ? [`${pointer(['paths', path, key])}: an operation is an object, not ${describe(value)}.`]
        : [],
    );
  });
}

const OPERATION = /^(get|put|post|delete|options|head|patch|x-amazon-apigateway-any-method)$/;

/**
 * Of these a reference has to lead to something here, which another file or a model of API Gateway
 * is not.
 */
const FOLLOWED =
  /^#\/(paths\/[^/]+|components\/pathItems\/[^/]+|.*\/responses\/[^/]+|.*\/x-amazon-apigateway-integration)$/;

/** API Gateway has models of its own, such as Empty, and none of them has to do with CORS. */
const MODEL = /^#\/(definitions|components\/schemas)\//;

function referenceFaults(value: unknown, document: unknown, keys: string[]): string[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => referenceFaults(item, document, [...keys, String(index)]));
  if (!isObject(value)) return [];
  const { $ref } = value;
  if (typeof $ref === 'string' && MODEL.test($ref)) return [];
  if (typeof $ref === 'string') {
    const fault = referenceFault($ref, document, pointer(keys));
    return fault ? [`${pointer([...keys, '$ref'])}: ${fault}`] : [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    isData(key, keys) ? [] : referenceFaults(inner, document, [...keys, key]),
  );
}

function referenceFault($ref: string, document: unknown, where: string): string | undefined {
  if (!$ref.startsWith('#/')) {
    return FOLLOWED.test(where)
      ? `"${$ref}" leads to another file, and API Gateway takes one only. Bundle the files into one document first.`
      : undefined;
  }
  const seen = new Set<string>();
  let next = $ref;
  for (let target = valueAt(document, next); !seen.has(next); target = valueAt(document, next)) {
    if (target === undefined) return `"${next}" leads nowhere.`;
    if (typeof target?.$ref !== 'string' || !target.$ref.startsWith('#/')) return undefined;
    seen.add(next);
    next = target.$ref;
  }
  return `"${$ref}" leads in a circle.`;
}

/**
 * Of the lists that are read here, behind the references and conditions of a document: what only
 * the deployment knows may well be one.
 */
function listFaults(document: OpenApiDocument): string[] {
  const ofPaths = document.paths.flatMap(({ path, items }) => {
    const where = pointer(['paths', path, 'parameters']);
    return items
      .flatMap(({ parameters }) => document.outcomes(parameters))
      .flatMap((list) => (isListOrOpen(list) ? [] : [`${where}: parameters are a list, not ${describe(list)}.`]));
  });
  const ofOperations = document.operations.flatMap(({ path, verb, operation }) =>
    securityFaults(document, operation.security, pointer(['paths', path, keyOf(verb), 'security'])),
  );
  return [...new Set([...securityFaults(document, document.root.security, '#/security'), ...ofPaths, ...ofOperations])];
}

function securityFaults(document: OpenApiDocument, security: unknown, where: string): string[] {
  return document.outcomes(security).flatMap((list) => {
    if (!isListOrOpen(list))
      return [`${where}: security is a list such as [{"jwt": []}], not ${describe(list)}. Empty, it asks for nothing.`];
    const requirements: unknown[] = Array.isArray(list)
      ? list.flatMap((requirement) => document.outcomes(requirement))
      : [];
    return requirements
      .filter((requirement) => requirement !== undefined && requirement !== null && !isObject(requirement))
      .map((requirement) => `${where}: a requirement is an object such as {"jwt": []}, not ${describe(requirement)}.`);
  });
}

/** A missing list counts as empty. */
function isListOrOpen(value: unknown): boolean {
  return value === undefined || value === null || Array.isArray(value) || isIntrinsic(value);
}

/** Examples and extensions: a `$ref` there is data, not a reference. */
function isData(key: string, above: string[]): boolean {
  if (key === 'default') return above.at(-1) !== 'responses';
  return /^(examples?|enum|const)$/.test(key) || (key.startsWith('x-') && !key.startsWith('x-amazon-apigateway-'));
}

function isObject(value: unknown): value is Record<string, any> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'empty';
  if (isIntrinsic(value)) return 'something that is known only at deployment';
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : `a ${typeof value}`;
}
