import { unknown, unknownParts } from '../unknown';
import { asText } from './as-text';
import { addressOf, isId } from './attributes';
import { withAwsVariables } from './aws-variables';
import { isObject, objectOf, type Template, type TemplateResource } from './cloudformation-template';
import { Deployment } from './deployment';
import { expandTemplate } from './expand-template';
import { type References, resolveValue } from './intrinsics';
import type { Json, JsonObject } from './json';
import type { Marks } from './policy-marks';
import { ResourceNames } from './resource-names';
import type { Sources } from './sources';
import { ALONE } from './surroundings';

/**
 * One template with the values that its references have: those of parameters, conditions, nested
 * stacks and other stacks.
 */
export class TemplateScope implements References {
  /** With its loops and includes worked out. */
  public readonly template: Template;
  /** What adds resources that only the deployment brings. */
  public readonly additions: string[];
  /** The macro that may change any resource. */
  public readonly macro?: string;
  private readonly underway = new Set<string>();
  private conditionsUnderway = 0;
  private readonly names: ResourceNames;

  public constructor(
    source: Template,
    /** Tells the resources of several templates apart; '' where there is one. */
    private readonly prefix = '',
    private readonly surroundings = ALONE,
    /** What the parent stack passes, resolved there. */
    private readonly given: JsonObject = {},
    public readonly deployment = new Deployment(),
  ) {
    this.template = source; // a loop may ask for parameters and mappings
    this.names = this.namesIn(source);
    const { template, additions, macro } = expandTemplate(source, this);
    this.template = template;
    this.names = this.namesIn(template);
    this.additions = additions;
    this.macro = macro;
  }

  public get resources(): [string, TemplateResource][] {
    return Object.entries(this.template.Resources).filter(([, resource]) => isObject(resource) && resource.Type);
  }

  public get file(): string | undefined {
    return this.surroundings.templateFile(this);
  }

  public get marks(): Marks {
    return this.surroundings.marks(this);
  }

  public get sources(): Sources {
    return this.surroundings.sources(this);
  }

  /** A value with its intrinsic functions worked out; `undefined` for AWS::NoValue. */
  public resolve(value: Json): Json {
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

  public reference(name: string): Json {
    if (name === 'AWS::NoValue') return undefined;
    if (name.startsWith('AWS::'))
      return this.deployment.given(name) ?? this.deployment.assumed(unknown(name)) ?? unknown(name);
    const { Parameters } = this.template;
    const isParameter = isObject(Parameters) && Object.hasOwn(Parameters, name);
    return isParameter ? this.parameter(name, Parameters[name]) : this.refOf(name);
  }

  public attribute(logicalId: string, attribute: string): Json {
    const resource = this.template.Resources[logicalId];
    if (resource?.Type === 'AWS::CloudFormation::Stack' && attribute.startsWith('Outputs.')) {
      const output = this.once(`${logicalId}.${attribute}`, () =>
        this.nested(logicalId)?.output(attribute.slice('Outputs.'.length)),
      );
      if (output !== undefined) return output;
    }
    if (resource && isId(resource.Type, attribute)) return this.idOf(logicalId);
    const value = this.deployment.hasValues
      ? this.deployment.given(...this.namesOf(logicalId).map((id) => `${id}.${attribute}`))
      : undefined;
    if (value !== undefined) return value;
    const address = resource && addressOf(resource.Type, attribute, this.idOf(logicalId));
    return address ?? unknown(`${this.prefix}${logicalId}.${attribute}`);
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

  public output(name: string): Json {
    return this.resolve(this.template.Outputs?.[name]?.Value);
  }

  public imported(name: string): Json {
    const value = this.deployment.given(name) ?? this.once(`import ${name}`, () => this.surroundings.exported(name));
    return value ?? unknown(`Fn::ImportValue ${name}`);
  }

  public nested(logicalId: string): TemplateScope | undefined {
    return this.surroundings.nested(this, logicalId);
  }

  public asset(key: string): Json {
    return withAwsVariables(this.surroundings.asset(key), (name) => this.reference(name));
  }

  public included(location: string): Json {
    return this.surroundings.included(this, location);
  }

  public dynamic(reference: string): string {
    return this.deployment.given(reference, reference.slice(2, -2)) ?? unknown(reference);
  }

  /** true, false, or undefined where nobody can say before the deployment. */
  public condition(name: string): boolean | undefined {
    const isAsked = this.conditionsUnderway === 0; // not by another condition
    this.conditionsUnderway += 1;
    try {
      const value = this.deployment.once(this, `condition ${name}`, () =>
        this.resolve(this.template.Conditions?.[name]),
      );
      const holds = typeof value === 'boolean' ? value : undefined;
      if (isAsked) this.deployment.note(name, holds);
      return holds;
    } finally {
      this.conditionsUnderway -= 1;
    }
  }

  public comesTo(value: string, text: string): boolean | undefined {
    return this.deployment.comesTo(value, text, this.allowedValues(value));
  }

  public mapping(map: string, first: string, second: string): Json {
    const found = [map, first, second].reduce(
      (at: Json, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      this.template.Mappings,
    );
    return found === null ? undefined : found;
  }

  /** How to name a resource to users: its construct path, or its logical id. */
  public nameOf(logicalId: string): string {
    return this.constructPath(logicalId) ?? logicalId;
  }

  public constructPath(logicalId: string): string | undefined {
    return this.names.constructPath(logicalId);
  }

  /** Whether users may call a resource so. */
  public isCalled(name: string): boolean {
    return this.names.isCalled(name);
  }

  private namesIn(template: Template): ResourceNames {
    return new ResourceNames(template, (logicalId) => this.surroundings.constructPath(this, logicalId));
  }

  /** What users may give the value of a resource under. */
  private namesOf(logicalId: string): string[] {
    return [this.prefix + logicalId, ...this.names.namesOf(logicalId)];
  }

  /** The id, but for stages: their names are what is referred to, and what a path holds. */
  private refOf(logicalId: string): Json {
    const resource = this.template.Resources[logicalId];
    const isStage = resource !== undefined && /^AWS::ApiGateway(V2)?::Stage$/.test(resource.Type);
    const name = isStage
      ? this.once(`Ref ${logicalId}`, () => this.resolve(resource.Properties?.StageName))
      : this.nameGiven(logicalId);
    return typeof name === 'string' && name !== '' ? name : this.idOf(logicalId);
  }

  /**
   * A deployer may pass something else than the default, but the default is what the template asks
   * for. An empty default stands for a value that the deployer passes: only conditions ask whether
   * it is empty.
   */
  private parameter(name: string, parameter: Json): Json {
    const { Type, Default } = isObject(parameter) ? parameter : {};
    const isStored = asText(Type).startsWith('AWS::SSM::Parameter::Value<');
    const isMeant =
      !isStored && Default !== undefined && Default !== null && (Default !== '' || this.conditionsUnderway > 0);
    const own = unknown(this.prefix + name);
    const value =
      this.deployment.given(this.prefix + name) ??
      this.given[name] ??
      this.deployment.given(name) ??
      (isMeant ? Default : this.deployment.assumed(own, this.allowedValues(own)));
    if (value === undefined) return own;
    const isList = /^(AWS::SSM::Parameter::Value<)?(List<|CommaDelimitedList)/.test(asText(Type));
    return isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  }

  /** Resources that an API is put together from keep the id by which they find each other. */
  private nameGiven(logicalId: string): string | undefined {
    const isPart = /^AWS::(ApiGateway|Lambda|CloudFront)/.test(asText(this.template.Resources[logicalId]?.Type));
    return this.deployment.hasValues && !isPart ? this.deployment.given(...this.namesOf(logicalId)) : undefined;
  }

  /** AllowedValues, where the value is that of a parameter. */
  private allowedValues(value: string): string[] | undefined {
    const [name] = unknownParts(value);
    if (!name?.startsWith(this.prefix) || value !== unknown(name)) return undefined;
    const allowed = objectOf(this.template.Parameters?.[name.slice(this.prefix.length)]).AllowedValues;
    return Array.isArray(allowed) ? allowed.map(asText) : undefined;
  }

  /**
   * Templates may refer to each other in a circle:
   * what is asked for while it is being worked out is unknown.
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
