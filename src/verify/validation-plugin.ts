import { basename, dirname, sep } from 'node:path';
import type {
  IPolicyValidationContextBeta1,
  IPolicyValidationPluginBeta1,
  PolicyValidationPluginReportBeta1,
  Stage,
} from 'aws-cdk-lib';
import { checkOrigin } from './browser/origin';
import { checkHeaderValues } from './browser/request-headers';
import type { CheckOptions, CheckResult } from './check-api';
import { checkStrangers, checkWays } from './check-ways';
import { checkValues } from './deploy-time-values';
import { type Entrance, Entrances } from './entrances';
import { fixForError } from './fixes/fix';
import type { ApiModel } from './model/api-model';
import { readApis } from './model/read-apis';
import { pageHeaderFault } from './requests/page-headers';
import { strangersTo } from './requests/strangers';
import { RULES_THAT_CAN_FAIL, type Rule } from './rules';
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
   * Whether no other origin may get in: pages in sandboxes, of localhost and of look-alikes of each origin are tried, and one that can
   * read a response is a problem by the rule `wider`.
   *
   * @default false
   */
  readonly onlyThese?: boolean;

  /**
   * Whether pages send cookies along.
   *
   * @default false
   */
  readonly credentials?: boolean;

  /**
   * Headers that the pages set besides those that a route asks for, such as `x-tenant`. `PUT,POST: content-type` stands for requests of
   * these methods, and an empty value leaves out a header.
   *
   * @default - what authorizers, API keys, signatures and validators ask for, and `content-type: application/json` with PUT, POST and
   * PATCH, unless the API says that it takes another type
   */
  readonly headers?: Record<string, string>;

  /**
   * Whether an error that a page could not read counts as a problem: the gateway's own (401, 403, 429, 5XX) and those that the template
   * declares for other statuses of a backend.
   *
   * @default false
   */
  readonly errors?: boolean;

  /**
   * Whether a route counts as a problem where a backend decides, which no template shows.
   *
   * @default false
   */
  readonly backends?: boolean;

  /**
   * The APIs to check: their logical ids or construct paths.
   *
   * @default - every REST and HTTP API of the app
   */
  readonly apis?: string[];

  /**
   * Values that are known only after deployment, by name: a parameter (`WebsiteUrl`), an attribute
   * (`Distribution.DomainName`), an export or a dynamic reference.
   *
   * @default - parameters have their defaults; routes that depend on another such value pass
   */
  readonly values?: Record<string, string>;

  /**
   * The headers that proxy backends send, which no template shows. The first entry that fits a route counts.
   *
   * @default - unknown
   */
  readonly backendHeaders?: BackendHeaders[];
}

/**
 * The headers that the proxy backends of some routes send with every answer.
 */
export interface BackendHeaders {
  /**
   * Header names with their values: `Access-Control-Allow-Origin`, …
   */
  readonly headers: Record<string, string>;

  /**
   * The routes: `/items/{id}` with all its methods, or `GET /items/{id}`.
   *
   * @default - every route
   */
  readonly routes?: string[];
}

/**
 * Fails `cdk synth` where a page of one of the given origins could not use a route of an API.
 *
 * Every route of every REST and HTTP API of the app is tried as a browser would, with each of its methods, whichever stack adds it. PUT,
 * POST and PATCH have a JSON body, unless the API says that it takes another type, and each request has the headers that the authorizer,
 * API key, signature or validator asks for. The report says which rule failed and what to change. Routes that depend on a backend, or on
 * something that is known only after deployment, pass silently; `backends: true` reports the former.
 *
 * @example
 * const app = new App();
 * new CorsValidationPlugin({ origins: ['https://app.example.com'] }).addTo(app);
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class CorsValidationPlugin implements IPolicyValidationPluginBeta1 {
  /**
   * The name under which the report shows up.
   */
  public readonly name = 'cdk-cors';

  /**
   * The version of this package, which the report shows.
   */
  public readonly version?: string = VERSION;

  /**
   * The rules that can fail.
   */
  public readonly ruleIds?: string[] = [...RULES_THAT_CAN_FAIL];

  /**
   * @param props the origins to check
   * @throws if one of the origins is none that a browser sends, or if there are none
   */
  public constructor(private readonly props: CorsValidationPluginProps) {
    checkList(props?.origins);
    for (const origin of props.origins) checkOrigin(origin);
    checkHeaderValues(props.headers);
    for (const [key, value] of Object.entries(props.headers ?? {})) checkHeader(key, value);
    for (const { headers } of props.backendHeaders ?? []) checkHeaderValues(headers);
  }

  /**
   * Has each synthesis of an app, or of a Stage, checked.
   *
   * The same as `Validations.of(app).addPlugins(…)` or `policyValidationBeta1`, whichever the app's aws-cdk-lib has: one call for every
   * release and language.
   *
   * @param app what is synthesized as a whole: an `App`, or a `Stage`
   */
  public addTo(app: Stage): void {
    const { Validations }: any = require('aws-cdk-lib');
    if (Validations) Validations.of(app).addPlugins(this);
    else app.policyValidationBeta1.push(this);
  }

  /**
   * Checks the templates of one synthesis.
   *
   * @param context tells where the templates are
   */
  public validate(context: IPolicyValidationContextBeta1): PolicyValidationPluginReportBeta1 {
    const deployment = new Deployment(this.props.values);
    const directories = assembliesOf(context.templatePaths);
    const stacks = directories.flatMap((directory) => readAssembly(directory, deployment));
    checkValues(deployment, scopesOf(stacks));
    const wanted = stacks.filter(({ templateFile }) => context.templatePaths.includes(templateFile));
    const entrances = new Entrances(readApis(scopesOf(wanted), scopesOf(stacks)), scopesOf(stacks));
    const apis = this.chosen(entrances.apis);
    const violations = apis.flatMap((api) =>
      this.problemsOf(entrances.waysTo([api])).map((problem) => violation(problem, api)),
    );
    return { success: violations.length === 0, violations };
  }

  private chosen(apis: ApiModel[]): ApiModel[] {
    const names = this.props.apis;
    if (names === undefined) return apis;
    const isNamed = (name: string) => (api: ApiModel) => api.id === name || api.constructPath === name;
    const missing = names.find((name) => !apis.some(isNamed(name)));
    if (missing !== undefined) {
      const there = apis.map(({ constructPath, id }) => constructPath ?? id).join(', ') || 'none';
      throw new Error(`apis: there is no API "${missing}" in this app. There are: ${there}.`);
    }
    return apis.filter((api) => names.some((name) => isNamed(name)(api)));
  }

  private problemsOf(ways: Entrance[]): Problem[] {
    const options: CheckOptions = {
      headers: this.props.headers,
      credentials: this.props.credentials,
      backendHeaders: (method, route) => this.backendHeaders(method, route),
    };
    const { origins, onlyThese } = this.props;
    const results = checkWays(ways, () => origins, options);
    const strangers = onlyThese ? checkStrangers(ways, strangersTo(origins), options) : [];
    const problems = [...results, ...strangers].flatMap((result) => [
      ...this.problemOf(result),
      ...this.errorsOf(result),
    ]);
    const faults = problems.filter(({ rule }) => rule === 'deployment');
    return faults.length > 0 ? [{ ...faults[0], what: ways[0].api.id }] : problems;
  }

  private problemOf({ verdict: { outcome, rule, reason, fix = '' }, request, route }: CheckResult): Problem[] {
    const counts =
      rule === 'wider' ||
      outcome === CorsOutcome.BLOCKED ||
      outcome === CorsOutcome.BROKEN ||
      (this.props.backends && outcome === CorsOutcome.DEPENDS_ON_BACKEND);
    return counts ? [{ rule, reason, fix, what: `${request.method} ${route} from ${request.origin}` }] : [];
  }

  private errorsOf({ api, unreadable, request, route, verdict }: CheckResult): Problem[] {
    const [error] = unreadable;
    if (!this.props.errors || !error) return [];
    const names = unreadable.map(({ status, error: name }) => `${status} ${name}`).join(', ');
    const what = `errors of ${request.method} ${route} from ${request.origin}`;
    return [
      {
        rule: error.rule,
        what,
        reason: `the page could not read ${names}: ${error.reason}`,
        fix: fixForError({ api, request, error, verdict }),
      },
    ];
  }

  private backendHeaders(method: string, route: string): Record<string, string> | undefined {
    const wanted = [undefined, route, `${method} ${route}`];
    return this.props.backendHeaders?.find(({ routes }) =>
      (routes ?? [undefined]).some((each) => wanted.includes(each)),
    )?.headers;
  }
}

const VERSION: string = require('../../package.json').version;

/** JavaScript passes any type at all, and a text is a list of letters to it. */
function checkList(origins: unknown): void {
  if (Array.isArray(origins) && origins.length > 0) return;
  const isMissing = origins === undefined || Array.isArray(origins);
  const fault = isMissing ? 'nothing is listed' : `${JSON.stringify(origins)} is not a list`;
  const example = typeof origins === 'string' ? origins : 'https://app.example.com';
  throw new Error(`origins: ${fault}. Write ["${example}"].`);
}

function checkHeader(key: string, value: string): void {
  const fault = pageHeaderFault(key, value, 'credentials: true');
  if (fault) throw new Error(`headers: ${fault}`);
}

/** The assemblies of these templates; that of an app holds those of its Stages. */
function assembliesOf(templatePaths: string[]): string[] {
  const directories = Array.from(new Set(templatePaths.map((path) => dirname(path))));
  return directories.filter((directory) => !directories.some((other) => directory.startsWith(other + sep)));
}

function scopesOf(stacks: AssemblyStack[]): TemplateScope[] {
  return stacks.map(({ scope }) => scope);
}

interface Problem {
  readonly rule: Rule;
  readonly what: string;
  readonly reason: string;
  readonly fix: string;
}

function violation(
  { rule, what, reason, fix }: Problem,
  api: ApiModel,
): PolicyValidationPluginReportBeta1['violations'][number] {
  const templatePath = api.templateFile ?? '';
  return {
    ruleName: rule,
    description: `${what}: ${reason}`,
    fix,
    violatingResources: [
      { resourceLogicalId: api.id, templatePath, locations: [api.constructPath ?? basename(templatePath)] },
    ],
  };
}
