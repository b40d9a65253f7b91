import { unknown } from '../unknown';
import type { Template, TemplateResource } from './cloudformation-template';
import { type References, resolveValue } from './intrinsics';

/** What a template can see of the templates around it. */
export interface Surroundings {
  /** The template of a nested stack, where it is at hand. */
  nested(scope: TemplateScope, logicalId: string): TemplateScope | undefined;
  /** The value that another stack exports under this name, where it is at hand. */
  exported(name: string): any;
  /** The content of an asset, by the hash in its S3 key. */
  asset(key: string): any;
  /** The file that this template was read from. */
  templateFile(scope: TemplateScope): string | undefined;
  /** The type of the resource that references of this text name, in whichever template it is. */
  typeOf(id: string): string | undefined;
  /** Where the construct behind a resource stands, if that is known apart from the template. */
  constructPath(scope: TemplateScope, logicalId: string): string | undefined;
}

const ALONE: Surroundings = {
  nested: () => undefined,
  exported: () => undefined,
  asset: () => undefined,
  templateFile: () => undefined,
  typeOf: () => undefined,
  constructPath: () => undefined,
};

/**
 * One template with the values that its references have: those of parameters, conditions, nested
 * stacks and other stacks.
 */
export class TemplateScope implements References {
  private readonly underway = new Set<string>();
  private readonly conditions = new Map<string, boolean | undefined>();

  public constructor(
    public readonly template: Template,
    /** Tells the resources of several templates apart; '' where there is one. */
    private readonly prefix = '',
    private readonly surroundings = ALONE,
    /** What the parent stack passes, resolved there. */
    private readonly given: Record<string, any> = {},
  ) {}

  public get resources(): [string, TemplateResource][] {
    return Object.entries(this.template.Resources).filter(([id]) => !id.startsWith('Fn::'));
  }

  public get file(): string | undefined {
    return this.surroundings.templateFile(this);
  }

  /**
   * A value with every intrinsic function replaced by what it gives; `undefined` for AWS::NoValue.
   */
  public resolve(value: any): any {
    return resolveValue(value, this);
  }

  /** The id that a reference to this resource resolves to. */
  public idOf(logicalId: string): string {
    return unknown(this.prefix + logicalId);
  }

  /** What sets a nested stack's resources apart from those of this one. */
  public prefixOf(nestedStack: string): string {
    return `${this.prefix}${nestedStack}/`;
  }

  public reference(name: string): any {
    if (name === 'AWS::NoValue') return undefined;
    if (name.startsWith('AWS::')) return unknown(name);
    const parameter = this.template.Parameters?.[name];
    return parameter === undefined ? this.refOf(name) : this.parameter(name, parameter);
  }

  public attribute(logicalId: string, attribute: string): any {
    const resource = this.template.Resources[logicalId];
    if (resource?.Type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
      const output = this.once(`${logicalId}.${attribute}`, () =>
        this.nested(logicalId)?.output(attribute.slice('Outputs.'.length)),
      );
      if (output !== undefined) return output;
    }
    if (SAME_AS_REF.has(attribute) && resource?.Type.startsWith('AWS::ApiGateway')) return this.idOf(logicalId);
    if (attribute === 'Id' && resource?.Type.startsWith('AWS::CloudFront::')) return this.idOf(logicalId);
    const shape = resource && ADDRESSES[`${resource.Type}.${attribute}`];
    return shape ? shape(this.idOf(logicalId)) : unknown(`${this.prefix}${logicalId}.${attribute}`);
  }

  /** Whether an unknown part of a text is an id or a name that holds no slash. */
  public isPlainName(part: string): boolean {
    if (part.startsWith('AWS::')) return part !== 'AWS::StackId' && part !== 'AWS::NotificationARNs';
    const own = part.startsWith(this.prefix)
      ? this.template.Resources[part.slice(this.prefix.length)]?.Type
      : undefined;
    const type = own ?? this.surroundings.typeOf(part);
    return type !== undefined && /^AWS::(ApiGateway(V2)?|CloudFront)::|^AWS::Lambda::Url$/.test(type);
  }

  public output(name: string): any {
    return this.resolve(this.template.Outputs?.[name]?.Value);
  }

  public imported(name: string): any {
    return this.once(`import ${name}`, () => this.surroundings.exported(name)) ?? unknown(`Fn::ImportValue ${name}`);
  }

  public nested(logicalId: string): TemplateScope | undefined {
    return this.surroundings.nested(this, logicalId);
  }

  public asset(key: string): any {
    return this.surroundings.asset(key);
  }

  /** true, false, or undefined where nobody can say before the deployment. */
  public condition(name: string): boolean | undefined {
    if (!this.conditions.has(name)) {
      this.conditions.set(name, undefined); // a condition that refers to itself
      const value = this.resolve(this.template.Conditions?.[name]);
      this.conditions.set(name, typeof value === 'boolean' ? value : undefined);
    }
    return this.conditions.get(name);
  }

  public mapping(map: string, first: string, second: string): any {
    return this.template.Mappings?.[map]?.[first]?.[second];
  }

  /** How to name a resource to a person: its construct path, or its logical id. */
  public nameOf(logicalId: string): string {
    return this.constructPath(logicalId) ?? logicalId;
  }

  public constructPath(logicalId: string): string | undefined {
    const path = this.template.Resources[logicalId]?.Metadata?.['aws:cdk:path'];
    return typeof path === 'string'
      ? path.replace(/\/Resource$/, '')
      : this.surroundings.constructPath(this, logicalId);
  }

  /** The id, but for stages: their names are what is referred to, and what a path holds. */
  private refOf(logicalId: string): any {
    const resource = this.template.Resources[logicalId];
    const isStage = resource !== undefined && /^AWS::ApiGateway(V2)?::Stage$/.test(resource.Type);
    const name = isStage
      ? this.once(`Ref ${logicalId}`, () => this.resolve(resource.Properties?.StageName))
      : undefined;
    return typeof name === 'string' && name !== '' ? name : this.idOf(logicalId);
  }

  /**
   * A deployer may pass something else than the default, but the default is what the template asks
   * for.
   */
  private parameter(name: string, parameter: any): any {
    const value =
      this.given[name] ?? (String(parameter?.Type).startsWith('AWS::SSM::') ? undefined : parameter?.Default);
    if (value === undefined) return unknown(this.prefix + name);
    const isList = /^List<|CommaDelimitedList/.test(String(parameter?.Type));
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  }

  /**
   * Templates may refer to each other in a circle: what is asked for while it is being worked out
   * is unknown.
   */
  private once<T>(key: string, work: () => T): T | undefined {
    if (this.underway.has(key)) return undefined;
    this.underway.add(key);
    try {
      return work();
    } finally {
      this.underway.delete(key);
    }
  }
}

/** Attributes of API Gateway's resources that hold what `Ref` gives. */
const SAME_AS_REF = new Set([
  'RestApiId',
  'ResourceId',
  'AuthorizerId',
  'RequestValidatorId',
  'ApiId',
  'IntegrationId',
  'RouteId',
]);

/** Attributes that are addresses, with the id in them. */
const ADDRESSES: Record<string, (id: string) => string> = {
  'AWS::ApiGatewayV2::Api.ApiEndpoint': (id) =>
    `https://${id}.execute-api.${unknown('AWS::Region')}.${unknown('AWS::URLSuffix')}`,
  'AWS::Lambda::Url.FunctionUrl': (id) => `https://${id}.lambda-url.${unknown('AWS::Region')}.on.aws/`,
};
