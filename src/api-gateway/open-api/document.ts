import { everyOutcome, isIntrinsic } from '../cloudformation-conditions';
import { at } from './json-pointer';

const VERBS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'ANY'];

/** Where a path item has the operation of a verb. */
export function keyOf(verb: string): string {
  return verb === 'ANY' ? 'x-amazon-apigateway-any-method' : verb.toLowerCase();
}

/** One way in which a path can be called; its parts are those of the document, not copies. */
export interface Operation {
  readonly path: string;
  /** The path item that it stands in. */
  readonly item: any;
  /** Upper-case, or `ANY`. */
  readonly verb: string;
  readonly operation: any;
}

/**
 * A document without faults (see `document-faults.ts`), read through its `$ref`s and through both
 * sides of each `Fn::If`. What is handed out are the document's own objects, so that a change of
 * them is one of the document.
 */
export class OpenApiDocument {
  /** Whether a header's type stands beside its name, as in 2.0, instead of in a schema. */
  public readonly isVersion2: boolean;

  public constructor(public readonly root: any) {
    this.isVersion2 = root.swagger !== undefined;
  }

  /**
   * Each path with its path items: several where conditions choose one, none where only the
   * deployment knows.
   */
  public get paths(): { path: string; items: any[] }[] {
    return Object.entries(this.root.paths ?? {})
      .filter(([path]) => path.startsWith('/'))
      .map(([path, item]) => ({ path, items: this.sides(item) }));
  }

  public get operations(): Operation[] {
    return this.paths.flatMap(({ path, items }) => items.flatMap((item) => this.operationsOf(path, item)));
  }

  public operationsOf(path: string, item: any): Operation[] {
    return VERBS.flatMap((verb) => this.sides(item[keyOf(verb)]).map((operation) => ({ path, item, verb, operation })));
  }

  /** The integrations of an operation: several where conditions choose one. */
  public integrationsOf({ operation }: Operation): any[] {
    return this.sides(operation['x-amazon-apigateway-integration']);
  }

  /** A value behind its references and conditions. */
  public sides(value: any): any[] {
    return this.outcomes(value).filter(
      (outcome) => typeof outcome === 'object' && outcome !== null && !isIntrinsic(outcome),
    );
  }

  /**
   * The same, with `undefined` where a condition leaves the value out, and what only the deployment
   * knows as it stands.
   */
  public outcomes(value: any): any[] {
    return everyOutcome(value).flatMap((outcome) =>
      typeof outcome?.$ref === 'string' ? this.outcomes(at(this.root, outcome.$ref)) : [outcome],
    );
  }

  /**
   * Whether this holds for a value on any side of its conditions. For what only the deployment
   * knows, it may.
   */
  public mayBe(value: any, holds: (plain: any) => boolean): boolean {
    return this.outcomes(value).some((outcome) => isIntrinsic(outcome) || holds(outcome));
  }
}
