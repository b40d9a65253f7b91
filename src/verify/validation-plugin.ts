import { dirname, sep } from 'node:path';
import type {
  IPolicyValidationContextBeta1,
  IPolicyValidationPluginBeta1,
  PolicyValidationPluginReportBeta1,
  Stage,
} from 'aws-cdk-lib';
import { type AskedApi, askedOf } from './asked-api';
import { checkOrigin } from './browser/origin';
import { checkHeaderValues } from './browser/request-headers';
import { type FoundCorsFile, findCorsFile, readFoundCorsFile } from './cors-file/find';
import { FINDING_RULES } from './cors-file/finding-rules';
import { namesOfNone, type SettingsOfApi } from './cors-file/settings';
import { checkValues } from './deploy-time-values';
import { Entrances } from './entrances';
import { judged } from './judged';
import type { ApiModel } from './model/api-model';
import { readApis } from './model/read-apis';
import { pageHeaderFault } from './requests/page-headers';
import { readAssembly } from './template/assembly';
import { Deployment } from './template/deployment';
import { Places } from './template/places';
import { tryApi } from './tried';
import type { CorsValidationPluginProps } from './validation-plugin-props';
import { violationsOf } from './violations';

/**
 * Fails `cdk synth` where a page of one of the given origins could not use a route of an API.
 *
 * Every route of every REST and HTTP API of the app is tried as a browser would, with each of its
 * methods, whichever stack adds it. PUT, POST and PATCH have a JSON body, unless the API says that
 * it takes another type, and each request has the headers that the authorizer, API key, signature
 * or validator asks for. What stands behind a CloudFront distribution of the app is tried through
 * it, too.
 *
 * The report has one violation for each rule, request and place: the method, route, API or
 * distribution that has to change, with the property, the line of the app where the CDK knows it,
 * the fix, and the address of the rule. Routes that depend on a backend, or on something that is
 * known only after deployment, pass silently; `backends: true` reports the former.
 *
 * Which pages use which API may also stand in `cdk-cors.json`,
 * for the command line and the plugin alike.
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
  public readonly ruleIds?: string[] = [...FINDING_RULES];

  private readonly file?: FoundCorsFile;

  /**
   * @param props the origins to check, or the file that says them (without either,
   * the settings file of the app)
   * @throws if one of the origins is none that a browser sends, if there are neither origins nor a
   * file, and for what is wrong with the file
   */
  public constructor(private readonly props: CorsValidationPluginProps = {}) {
    const { origins, file, headers = {}, backendHeaders = [] } = props;
    if (file !== undefined) this.file = readFoundCorsFile(file);
    else if (origins === undefined) this.file = findCorsFile(process.cwd());
    if (origins !== undefined || !this.file) checkList(origins);
    for (const origin of origins ?? []) checkOrigin(origin);
    checkHeaderValues(headers);
    for (const [key, value] of Object.entries(headers)) checkHeader(key, value);
    for (const each of backendHeaders) checkHeaderValues(each.headers);
  }

  /**
   * Has each synthesis of an app, or of a Stage, checked.
   *
   * The same as `Validations.of(app).addPlugins(…)` or `policyValidationBeta1`, whichever the app's
   * aws-cdk-lib has: one call for every release and language.
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
    const asked = this.chosen(this.askedIn(context.templatePaths));
    const results = asked.map(tryApi).flatMap(({ results: own, strangers }) => [...own, ...strangers]);
    const { findings, remarks } = judged(asked, results, new Date().toISOString().slice(0, 10));
    const violations = violationsOf(findings, asked);
    const told = [...this.unknownNames(asked), ...remarks];
    const metadata = told.length > 0 ? { metadata: { Settings: told.join(' ') } } : {};
    return { success: violations.length === 0, violations, pluginVersion: VERSION, ...metadata };
  }

  /** The APIs of these templates, with what has to hold for each. */
  private askedIn(templatePaths: string[]): AskedApi[] {
    const { content = {} } = this.file ?? {};
    const shared = content.values ?? {};
    const read = (own: Record<string, string>) => {
      const deployment = new Deployment({ ...shared, ...own, ...this.props.values });
      const stacks = assembliesOf(templatePaths).flatMap((directory) => readAssembly(directory, deployment));
      const all = stacks.map(({ scope }) => scope);
      const wanted = stacks.filter(({ templateFile }) => templatePaths.includes(templateFile));
      const apis = readApis(
        wanted.map(({ scope }) => scope),
        all,
      );
      checkValues(deployment, all, shared);
      return { apis, ways: new Entrances(apis, all).waysTo(apis), places: new Places(all) };
    };
    return askedOf(read, content, (settings) => this.given(settings));
  }

  /** What the properties say wins. */
  private given(settings: SettingsOfApi): SettingsOfApi {
    const { origins, onlyThese, credentials, headers, errors, backends, backendHeaders } = this.props;
    const all = { origins, onlyThese, credentials, headers, errors, backends, backendHeaders };
    return { ...settings, ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) };
  }

  /** Of the settings file, where no APIs are left out on purpose. */
  private unknownNames(asked: AskedApi[]): string[] {
    if (!this.file || this.props.apis) return [];
    return namesOfNone(
      this.file,
      asked.map(({ api }) => api),
    );
  }

  private chosen(asked: AskedApi[]): AskedApi[] {
    for (const { api, settings } of asked) checkOnly(api, settings);
    const names = this.props.apis;
    if (names === undefined) return asked;
    const missing = names.find((name) => !asked.some(({ api }) => isCalled(api, name)));
    if (missing !== undefined) {
      const there = asked.map(({ api }) => nameOf(api)).join(', ') || 'none';
      throw new Error(`apis: there is no API "${missing}" in this app. There are: ${there}.`);
    }
    return asked.filter(({ api }) => names.some((name) => isCalled(api, name)));
  }
}

const VERSION: string = require('../../package.json').version;

/** JavaScript passes any type at all, and a text is a list of letters to it. */
function checkList(origins: unknown): void {
  if (Array.isArray(origins) && origins.length > 0) return;
  const isMissing = origins === undefined || Array.isArray(origins);
  const fault = isMissing ? 'nothing is listed' : `${JSON.stringify(origins)} is not a list`;
  const example = typeof origins === 'string' ? origins : 'https://app.example.com';
  throw new Error(`origins: ${fault}. Write ["${example}"], or give a settings file: file: "cdk-cors.json".`);
}

function checkHeader(key: string, value: string): void {
  const fault = pageHeaderFault(key, value, 'credentials: true');
  if (fault) throw new Error(`headers: ${fault}`);
}

/** The assemblies of these templates; that of an app holds those of its Stages. */
function assembliesOf(templatePaths: string[]): string[] {
  const directories = [...new Set(templatePaths.map((path) => dirname(path)))];
  return directories.filter((directory) => !directories.some((other) => directory.startsWith(other + sep)));
}

function isCalled({ id, constructPath }: ApiModel, name: string): boolean {
  return id === name || constructPath === name;
}

function nameOf({ id, constructPath }: ApiModel): string {
  return constructPath ?? id;
}

function checkOnly(api: ApiModel, { onlyThese, origins }: SettingsOfApi): void {
  if (!onlyThese || origins) return;
  throw new Error(`onlyThese: say which origins should get in, with origins of ${nameOf(api)} in the settings file.`);
}
