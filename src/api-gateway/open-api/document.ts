import { asText } from '../../text/as-text';
import { isIntrinsic, outcomesOf } from '../cloudformation-conditions';
import type { RouteKey } from '../route-key';
import { isLocal, keysOf, member } from './json-pointer';

/** An object of a document: a path item, an operation, a response. */
export type OpenApiObject = Record<string, any>;

/** One way in which a path can be called; its parts are those of the document, not copies. */
export interface Operation {
  readonly path: string;
  /** The path item that it stands in. */
  readonly item: OpenApiObject;
  /** Upper-case, or `ANY`. */
  readonly verb: string;
  readonly operation: OpenApiObject;
}

/** An operation that may be a value which only the deployment knows, or not an object at all. */
interface FoundOperation extends Omit<Operation, 'operation'> {
  readonly operation: unknown;
}

const VERBS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'ANY'];

/** Where a path item has the operation of a verb. */
export function keyOf(verb: string): string {
  return verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
}

/**
 * The one reader of OpenAPI documents: resolved data in, read through its `$ref`s and through both
 * sides of each `Fn::If`. It judges nothing and never throws: what is not an object has no members,
 * and a reference that leads nowhere, or in a circle, is as good as a value that is left out.
 *
 * It hands out the document's own objects, so a change of them changes the document.
 */
export class OpenApiDocument {
  public readonly root: OpenApiObject;
  /** Whether a header's type stands beside its name, as in 2.0, instead of in a schema. */
  public readonly isVersion2: boolean;

  public constructor(root: unknown) {
    this.root = isObject(root) ? root : {};
    this.isVersion2 = this.root.swagger !== undefined;
  }

  /**
   * Each path with its path items: several where conditions choose one, none where only the
   * deployment knows. SAM calls the path of the default route `$default`.
   */
  public get paths(): { path: string; items: OpenApiObject[] }[] {
    return this.sides(this.root.paths).flatMap((paths) =>
      Object.entries(paths)
        .filter(([path]) => path.startsWith('/') || path === '$default')
        .map(([path, item]) => ({ path, items: this.sides(item) })),
    );
  }

  /** Those that can be read. */
  public get operations(): Operation[] {
    return this.foundOperations.filter((found): found is Operation => isReadable(found.operation));
  }

  /** All, also those whose value only the deployment knows, leads nowhere, or is not an object. */
  public get foundOperations(): FoundOperation[] {
    return this.paths.flatMap(({ path, items }) => items.flatMap((item) => this.found(path, item)));
  }

  public operationsOf(path: string, item: OpenApiObject): Operation[] {
    return this.found(path, item).filter((found): found is Operation => isReadable(found.operation));
  }

  /** The integrations of an operation: several where conditions choose one. */
  public integrationsOf({ operation }: Pick<Operation, 'operation'>): OpenApiObject[] {
    return this.sides(operation['x-amazon-apigateway-integration']);
  }

  /** The objects behind the references and conditions of a value. */
  public sides(value: unknown): OpenApiObject[] {
    return this.outcomes(value).filter(isReadable);
  }

  /**
   * All that references and conditions may make of a value: `undefined` where it is left out, and
   * as it is what only the deployment knows. References to other files stay.
   */
  public outcomes(value: unknown): any[] {
    return this.follow(value, []);
  }

  /** The first of these: all there is in a document without conditions. */
  public resolve(value: unknown): any {
    return this.outcomes(value)[0];
  }

  /**
   * Whether this holds for a value on any side of its conditions. For what only the deployment
   * knows, it may.
   */
  public mayBe(value: unknown, holds: (plain: any) => boolean): boolean {
    return this.outcomes(value).some((outcome) => isIntrinsic(outcome) || holds(outcome));
  }

  private found(path: string, item: OpenApiObject): FoundOperation[] {
    return VERBS.flatMap((verb) => {
      const value = item[keyOf(verb)];
      if (value === undefined || value === null) return [];
      const isLeftOut = (outcome: unknown) => outcome === undefined && !isReference(value);
      return this.outcomes(value)
        .filter((operation) => !isLeftOut(operation))
        .map((operation) => ({ path, item, verb, operation }));
    });
  }

  private follow(value: unknown, before: string[]): any[] {
    return outcomesOf(value).flatMap((outcome) => {
      if (!isReference(outcome) || !isLocal(outcome.$ref)) return [outcome];
      if (before.includes(outcome.$ref)) return [undefined];
      return this.valuesAt(outcome.$ref).flatMap((value) => this.follow(value, [...before, outcome.$ref]));
    });
  }

  /** What a local reference points at: several values where it leads through conditions. */
  private valuesAt(reference: string): unknown[] {
    return keysOf(reference).reduce<unknown[]>(
      (values, key) => values.flatMap(outcomesOf).map((value) => member(value, key)),
      [this.root],
    );
  }
}

/** The routes that the document of an HTTP API stands for, as far as they can be read. */
export function documentRoutes(body: unknown): RouteKey[] {
  return new OpenApiDocument(body).operations.map(routeKeyOf);
}

/**
 * The route that an operation stands for. The default route is the one at `/$default`, at SAM's
 * `$default`, or wherever the operation says so.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
export function routeKeyOf({ verb, path, operation }: FoundOperation): RouteKey {
  const isDefault =
    /^\/?\$default$/.test(path) || (isObject(operation) && asText(operation.isDefaultRoute).toLowerCase() === 'true');
  return { verb, path: isDefault ? undefined : path };
}

function isReference(value: unknown): value is { $ref: string } {
  return isObject(value) && typeof value.$ref === 'string';
}

function isReadable(value: unknown): value is OpenApiObject {
  return isObject(value) && !isIntrinsic(value);
}

function isObject(value: unknown): value is OpenApiObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
