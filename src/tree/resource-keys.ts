import {
  CfnElement,
  CfnParameter,
  CfnResource,
  DefaultTokenResolver,
  type IPostProcessor,
  type IResolvable,
  type IResolveContext,
  Reference,
  Stack,
  StringConcat,
  Token,
  Tokenization,
} from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { getOrCreate } from '../collections';
import { asText } from '../text/as-text';
import { rendered } from './cdk-internals';
import { property } from './properties';

/** Attributes that give the same value as `Ref`. */
const SAME_AS_REF = new Set(['Ref', 'RestApiId', 'ResourceId', 'ApiId']);

/**
 * One name for the resource that a value points at, no matter who uses the value and how it was
 * written down: a reference from another stack, a parameter of a nested stack, `Fn.ref`, a literal.
 * Two values with the same name mean the same resource.
 *
 * Resolved values cannot be compared instead: another stack's reference resolves to that stack's
 * own `{Ref}`. Nothing is exported or changed by looking. An instance serves one look at the tree.
 */
export class ResourceKeys {
  private readonly owned = new Map<IConstruct, string>();
  private readonly owners = new Map<string, IConstruct>();
  private readonly values = new Map<Stack, Map<string, string>>();
  private readonly elements = new Map<Stack, Map<string, IConstruct>>();
  private readonly parameters = new Map<Stack, Record<string, unknown>>();
  private readonly resolver = new ReferenceNamer((reference) => this.reference(reference));

  /** The name of a resource itself: what a `Ref` to it means. */
  public keyOf(element: IConstruct): string {
    return getOrCreate(this.owned, element, () => {
      const name = `#${this.owned.size}`;
      this.owners.set(name, element);
      return name;
    });
  }

  /**
   * The name of the API that a construct stands for as a whole: an L1, an L2, an import.
   * A resource of an API has none.
   */
  public keyOfApi(construct: IConstruct): string | undefined {
    if (CfnResource.isCfnResource(construct)) return this.keyOf(construct);
    if ('resourceId' in construct) return undefined;
    const { restApiId, apiId } = construct as { restApiId?: string; apiId?: string };
    return this.keyOfReference(restApiId ?? apiId, construct);
  }

  /** The elements of templates that a value mentions, in whichever stacks. */
  public mentionedIn(value: unknown, user: IConstruct): IConstruct[] {
    return this.keysIn(value, user).flatMap((name) => this.owners.get(name) ?? []);
  }

  /** The name of what a value means to the construct that uses it. */
  public keyOfReference(value: unknown, user: IConstruct): string {
    const stack = Stack.of(user);
    if (typeof value !== 'string') return this.name(value, stack);
    const names = getOrCreate(this.values, stack, () => new Map<string, string>());
    return getOrCreate(names, value, () => (Token.isUnresolved(value) ? this.name(value, stack) : value));
  }

  /**
   * The names of all resources that a value mentions, on whichever side of a condition, and however
   * it is put together.
   */
  public keysIn(value: unknown, user: IConstruct): string[] {
    const stack = Stack.of(user);
    return this.mentioned(this.resolved(value, stack), stack);
  }

  /**
   * The names of what a value such as `integrations/<id>` is for certain, one for each branch of
   * its conditions; `undefined` where a part of it is not seen here.
   *
   * @param prefix the literal text in front of the resource
   */
  public certainly(value: unknown, prefix: string, user: IConstruct): string[] | undefined {
    const stack = Stack.of(user);
    return this.certain(this.resolved(value, stack), prefix, stack);
  }

  private certain(resolved: any, prefix: string, stack: Stack): string[] | undefined {
    const all = (values: unknown[], rest: string) => {
      const found = values.map((each) => this.certain(each, rest, stack));
      return found.every((each) => each !== undefined) ? found.flat() : undefined;
    };
    if (typeof resolved === 'string') {
      const name = resolved.startsWith(prefix) ? resolved.slice(prefix.length) : '';
      return /^#\d+$/.test(name) ? [name] : undefined;
    }
    const [[intrinsic, given]] = Object.entries<any>(resolved ?? {}).concat([['', undefined]]);
    if (intrinsic === 'Fn::If' && Array.isArray(given)) return all(given.slice(1), prefix);
    if (intrinsic === 'Fn::Join' && Array.isArray(given)) return this.certainJoin(given, prefix, stack);
    if (intrinsic === 'Fn::Sub') {
      const [text, values] = [given].flat();
      const [, start, id] = /^([^$]*)\$\{([\w.]+)\}$/.exec(asText(text)) ?? [];
      if (start !== prefix) return undefined;
      return values?.[id] === undefined ? this.known(id, stack) : this.certain(values[id], '', stack);
    }
    if (prefix !== '') return undefined;
    if (intrinsic === 'Ref' || intrinsic === 'Fn::GetAtt')
      return this.known([given].flat().map(asText).join('.'), stack);
    return undefined;
  }

  /** Literal texts that make up the prefix, and one part that is the resource. */
  private certainJoin([separator, parts]: any[], prefix: string, stack: Stack): string[] | undefined {
    if (typeof separator !== 'string' || !Array.isArray(parts)) return undefined;
    const [last, ...before] = [...parts].reverse();
    if (!before.every((part) => typeof part === 'string' && !part.includes('#'))) return undefined;
    const start = before.length > 0 ? before.reverse().join(separator) + separator : '';
    return prefix.startsWith(start) ? this.certain(last, prefix.slice(start.length), stack) : undefined;
  }

  /** `Id`, or `Id.Attribute` where that is the same as a reference. */
  private known(text: string, stack: Stack): string[] | undefined {
    const [id, attribute = 'Ref'] = text.split('.');
    const name = this.inStack(stack, id);
    return (SAME_AS_REF.has(attribute) || attribute === 'IntegrationId') && /^#\d+$/.test(name) ? [name] : undefined;
  }

  /**
   * The properties of a resource as its template will have them, overrides included,
   * with names for references.
   */
  public propertiesOf(resource: CfnResource): any {
    const { Resources } = this.resolved(rendered(resource), Stack.of(resource));
    const [{ Properties = {} }] = Object.values<any>(Resources);
    return Properties;
  }

  private mentioned(resolved: any, stack: Stack): string[] {
    if (typeof resolved === 'string') return resolved.match(/#\d+/g) ?? [];
    if (resolved === null || typeof resolved !== 'object') return [];
    const { Ref: ref, 'Fn::GetAtt': attribute, 'Fn::Sub': sub } = resolved;
    const text = [sub].flat()[0];
    const ids = [
      ref,
      attributeOf(attribute)[0],
      ...(typeof text === 'string' ? Array.from(text.matchAll(/\$\{(\w+)/g), ([, id]) => id) : []),
    ].filter((id) => typeof id === 'string');
    return [
      ...ids.flatMap((id) => this.mentioned(this.inStack(stack, id), stack)),
      ...Object.values(resolved).flatMap((each) => this.mentioned(each, stack)),
    ];
  }

  private resolved(value: unknown, stack: Stack): any {
    return Tokenization.resolve(value, { scope: stack, resolver: this.resolver, preparing: false });
  }

  private name(value: unknown, stack: Stack): string {
    const token = typeof value === 'string' ? soleToken(value) : value;
    // Most values are one reference, and need no resolution.
    if (Reference.isReference(token)) return this.reference(token);
    const resolved = this.resolved(value, stack);
    if (typeof resolved === 'string') return resolved;
    const ref = resolved?.Ref ?? /^\$\{(\w+)\}$/.exec(asText(resolved?.['Fn::Sub']))?.[1];
    if (typeof ref === 'string') return this.inStack(stack, ref);
    const [id, attribute] = attributeOf(resolved?.['Fn::GetAtt']);
    if (typeof id === 'string' && typeof attribute === 'string')
      return withAttribute(this.inStack(stack, id), attribute);
    const isAnywhereTheSame = resolved?.['Fn::ImportValue'] !== undefined;
    return `${isAnywhereTheSame ? '' : stack.node.path} ${JSON.stringify(resolved)}`;
  }

  private reference({ target, displayName }: Reference): string {
    const stack = Stack.of(target);
    const passed =
      stack.nestedStackResource && target instanceof CfnParameter
        ? this.passed(stack, stack.resolve(target.logicalId))
        : undefined;
    return passed ?? withAttribute(this.keyOf(target), displayName);
  }

  /** What somebody wrote down as a logical id. */
  private inStack(stack: Stack, logicalId: string): string {
    const elements = getOrCreate(this.elements, stack, () => elementsOf(stack));
    const element = elements.get(logicalId);
    return this.passed(stack, logicalId) ?? (element ? this.keyOf(element) : `${stack.node.path} ${logicalId}`);
  }

  /** What the parent of a nested stack passes for a parameter of that name. */
  private passed(stack: Stack, parameter: string): string | undefined {
    const nested = stack.nestedStackResource;
    if (!nested) return undefined;
    const parent = stack.nestedStackParent!;
    const context = { scope: parent, resolver: this.resolver, preparing: false };
    const values = getOrCreate(
      this.parameters,
      stack,
      () => Tokenization.resolve(property(nested as CfnResource, 'Parameters'), context) ?? {},
    );
    return values[parameter] === undefined ? undefined : this.name(values[parameter], parent);
  }
}

/** `["Api", "RootResourceId"]`, or both in one text. */
function attributeOf(value: unknown): unknown[] {
  if (typeof value !== 'string') return Array.isArray(value) ? value : [];
  const [id, ...attribute] = value.split('.');
  return [id, attribute.join('.')];
}

function elementsOf(stack: Stack): Map<string, IConstruct> {
  const elements = stack.node
    .findAll()
    .filter((construct): construct is CfnElement => CfnElement.isCfnElement(construct) && construct.stack === stack);
  return new Map(elements.map((element) => [stack.resolve(element.logicalId), element]));
}

/** The token that a string stands for, if it is one token and nothing else. */
function soleToken(value: string): unknown {
  const { length, firstToken } = Tokenization.reverseString(value);
  return length === 1 ? firstToken : undefined;
}

/** Texts become one; what is a function of CloudFormation stays to be looked into. */
class TextConcat extends StringConcat {
  public override join(left: any, right: any): any {
    const isText = typeof left !== 'object' && typeof right !== 'object';
    return isText ? super.join(left, right) : { 'Fn::Join': ['', [left, right]] };
  }
}

/** Resolves like the CDK, but for references, which become names. */
class ReferenceNamer extends DefaultTokenResolver {
  public constructor(private readonly nameOf: (reference: Reference) => string) {
    super(new TextConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    return Reference.isReference(token) ? this.nameOf(token) : super.resolveToken(token, context, postProcessor);
  }
}

function withAttribute(name: string, attribute: string): string {
  return SAME_AS_REF.has(attribute) ? name : `${name}.${attribute}`;
}
