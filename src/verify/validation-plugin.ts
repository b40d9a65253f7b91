import { basename, dirname, sep } from 'node:path';
import type {
  IPolicyValidationContextBeta1,
  IPolicyValidationPluginBeta1,
  PolicyValidationPluginReportBeta1,
} from 'aws-cdk-lib';
import { checkOrigin } from './browser/origin';
import { checkValues } from './deploy-time-values';
import { fixFor } from './fixes';
import { gatewayFor } from './gateway/gateway-for';
import { judge } from './judge';
import type { ApiModel } from './model/api-model';
import { readApis } from './model/read-apis';
import { sampleRequests } from './requests/sample-requests';
import { type AssemblyStack, readAssembly } from './template/assembly';
import { Deployment } from './template/deployment';
import type { TemplateScope } from './template/scope';
import { CorsOutcome } from './verdict';

/**
 * What a `CorsValidationPlugin` checks.
 */
export interface CorsValidationPluginProps {
  /**
   * The origins of the pages that have to be able to use every route: `https://app.example.com`.
   */
  readonly origins: string[];

  /**
   * Whether a route counts as a problem where a backend decides, which no template shows.
   *
   * @default false
   */
  readonly backends?: boolean;

  /**
   * Values that are known only after deployment, by name: a parameter (`WebsiteUrl`), an attribute
   * (`Distribution.DomainName`), an export or a dynamic reference.
   *
   * @default - parameters have their defaults; routes that depend on another such value pass
   */
  readonly values?: Record<string, string>;
}

/**
 * Fails `cdk synth` where a page of one of the given origins could not use a route of an API.
 *
 * Every route of every REST and HTTP API of the app is tried as a browser would, with each of its
 * methods, whichever stack adds it, and with the headers that its authorizer, API key or validator
 * asks for. The report says which rule failed and what to change. Routes that depend on a backend,
 * or on something that nobody can know before deployment, pass silently; `backends: true` reports
 * the former. Newer releases of aws-cdk-lib take it with `Validations.of(app).addPlugins(…)`, too.
 *
 * @example
 * new App({
 *   policyValidationBeta1: [new CorsValidationPlugin({ origins: ['https://app.example.com'] })],
 * });
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class CorsValidationPlugin implements IPolicyValidationPluginBeta1 {
  /**
   * The name under which the report shows up.
   */
  public readonly name = 'cdk-cors';

  /**
   * The rules that can fail.
   */
  public readonly ruleIds?: string[] = [...RULES];

  private readonly origins: string[];
  private readonly backends: boolean;
  private readonly values?: Record<string, string>;

  /**
   * @param props the origins to check
   * @throws if one of the origins is none that a browser sends, or if there are none
   */
  public constructor(props: CorsValidationPluginProps) {
    checkList(props?.origins);
    for (const origin of props.origins) checkOrigin(origin);
    this.origins = props.origins;
    this.backends = props.backends ?? false;
    this.values = props.values;
  }

  /**
   * Checks the templates of one synthesis.
   *
   * @param context tells where the templates are
   */
  public validate(context: IPolicyValidationContextBeta1): PolicyValidationPluginReportBeta1 {
    const deployment = new Deployment(this.values);
    const directories = assembliesOf(context.templatePaths);
    const stacks = directories.flatMap((directory) => readAssembly(directory, deployment));
    checkValues(deployment, scopesOf(stacks));
    const wanted = stacks.filter(({ templateFile }) => context.templatePaths.includes(templateFile));
    const apis = readApis(scopesOf(wanted), scopesOf(stacks));
    const violations = apis.flatMap((api) => this.problemsOf(api).map((problem) => violation(problem, api)));
    return { success: violations.length === 0, violations };
  }

  private problemsOf(api: ApiModel): Problem[] {
    const gateway = gatewayFor(api);
    const problems = sampleRequests(api, this.origins).flatMap(({ route, request }) => {
      const { outcome, rule, reason } = judge(gateway, request);
      const counts = outcome === CorsOutcome.BLOCKED || (this.backends && outcome === CorsOutcome.DEPENDS_ON_BACKEND);
      return counts
        ? [
            {
              rule,
              reason,
              what: rule === 'deployment' ? api.id : `${request.method} ${route.name} from ${request.origin}`,
            },
          ]
        : [];
    });
    const faults = problems.filter(({ rule }) => rule === 'deployment');
    return faults.length > 0 ? faults.slice(0, 1) : problems;
  }
}

/** JavaScript passes any type at all, and a text is a list of letters to it. */
function checkList(origins: unknown): void {
  if (Array.isArray(origins) && origins.length > 0) return;
  const isMissing = origins === undefined || Array.isArray(origins);
  const fault = isMissing ? 'nothing is listed' : `${JSON.stringify(origins)} is not a list`;
  const example = typeof origins === 'string' ? origins : 'https://app.example.com';
  throw new Error(`origins: ${fault}. Write ["${example}"].`);
}

/** The assemblies of these templates; that of an app holds those of its Stages. */
function assembliesOf(templatePaths: string[]): string[] {
  const directories = Array.from(new Set(templatePaths.map((path) => dirname(path))));
  return directories.filter((directory) => !directories.some((other) => directory.startsWith(other + sep)));
}

function scopesOf(stacks: AssemblyStack[]): TemplateScope[] {
  return stacks.map(({ scope }) => scope);
}

const RULES = [
  'preflight-answer',
  'preflight-origin',
  'preflight-credentials',
  'preflight-method',
  'preflight-header',
  'response-origin',
  'response-credentials',
  'deployment',
  'backend',
] as const;

interface Problem {
  readonly rule: string;
  readonly what: string;
  readonly reason: string;
}

function violation(
  { rule, what, reason }: Problem,
  api: ApiModel,
): PolicyValidationPluginReportBeta1['violations'][number] {
  const templatePath = api.templateFile ?? '';
  return {
    ruleName: rule,
    description: `${what}: ${reason}`,
    fix: fixFor(rule, api.kind),
    violatingResources: [
      { resourceLogicalId: api.id, templatePath, locations: [api.constructPath ?? basename(templatePath)] },
    ],
  };
}
