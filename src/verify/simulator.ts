import type { Stack } from 'aws-cdk-lib';
import { checkOrigin } from './browser/origin';
import { checkHeaderValues } from './browser/request-headers';
import { checkValues } from './deploy-time-values';
import { type Entrance, Entrances } from './entrances';
import { Recorder } from './exchanges';
import { explain, explainFailure } from './explain';
import { withFix } from './fixes/fix';
import type { Gateway } from './gateway/gateway';
import { judge } from './judge';
import type { Judgement } from './judgement';
import type { ApiModel } from './model/api-model';
import { readApis } from './model/read-apis';
import { whyNoApi } from './model/unreadable-templates';
import { checkedPath, checkRoute, requestedPath } from './requests/checked-path';
import type { CorsSimulatorOptions } from './simulator-options';
import { templatesOfStack } from './stack-templates';
import { readAssembly } from './template/assembly';
import { Deployment } from './template/deployment';
import type { TemplateScope } from './template/scope';
import { templateAlone } from './template/template-alone';
import { type BrowserRequest, CorsOutcome, type CorsVerdict } from './verdict';

/**
 * Tells what a browser would do with a request to the APIs of a template, before anything is
 * deployed.
 *
 * It reads any CloudFormation template, no matter who made it, and follows a request through API
 * Gateway and back into the browser: the preflight, the actual response, the errors of the gateway
 * itself. Parameters have their defaults. Lambda functions behind proxy integrations answer by the
 * policy that a `CorsRuntime` gave them, provided that their handlers are wrapped. What cannot be
 * known is said, not guessed: the outcome is then DEPENDS_ON_BACKEND or UNKNOWN, with the reason.
 *
 * @example
 * const app = new App();
 * const stack = new Stack(app, 'Shop');
 * const api = new CorsEnabledRestApi(stack, 'Api', { cors: { allowOrigins: ['https://app.example.com'] } });
 * api.root.addResource('items').addMethod('GET', new apigateway.MockIntegration({
 *   requestTemplates: { 'application/json': '{"statusCode": 200}' },
 *   integrationResponses: [{ statusCode: '200' }],
 * }), { methodResponses: [{ statusCode: '200' }] });
 *
 * const simulator = CorsSimulator.fromStack(stack);
 * simulator.assertAllowed({ origin: 'https://app.example.com', path: '/items' });
 * simulator.assertBlocked({ origin: 'https://elsewhere.example', path: '/items' });
 *
 * @see https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export class CorsSimulator {
  /**
   * The APIs of a stack and of the stacks nested in it, together with what the app's other stacks
   * add to them.
   *
   * Synthesizes the app, as `Template.fromStack` of aws-cdk-lib's assertions does: a construct that
   * is added afterwards is not seen.
   *
   * @param stack the stack that holds the API
   * @param options what the deployment will be like
   * @throws if the stack holds no REST or HTTP API and no function URL,
   * or nothing asks for one of the values
   */
  public static fromStack(stack: Stack, options: CorsSimulatorOptions = {}): CorsSimulator {
    const deployment = new Deployment(options.values);
    const { own, all } = templatesOfStack(stack, deployment);
    return simulatorOf(own, all, deployment, `The stack ${stack.node.path || stack.stackName}`);
  }

  /**
   * The APIs of one CloudFormation template.
   *
   * @param template an object, or the text of a JSON or YAML file
   * @param options what the deployment will be like
   * @throws if it is not a CloudFormation template, holds no REST or HTTP API and no function URL,
   * or nothing in it asks for one of the values
   */
  public static fromTemplate(template: any, options: CorsSimulatorOptions = {}): CorsSimulator {
    if (typeof template === 'string' && PATH_OF_FILE.test(template)) {
      throw new Error(
        'template: fromTemplate takes the text of a file, not its path. ' +
          `Write fromTemplate(readFileSync('${template}', 'utf8')).`,
      );
    }
    const deployment = new Deployment(options.values);
    return simulatorOf([templateAlone(template, deployment)], [], deployment, 'The template');
  }

  /**
   * The APIs of a cloud assembly, the directory that `cdk synth` writes: of all its stacks, nested
   * ones and Stages included.
   *
   * @param directory usually `cdk.out`
   * @param options what the deployment will be like
   * @throws if it is not a cloud assembly, holds no REST or HTTP API and no function URL, or
   * nothing in it asks for one of the values
   */
  public static fromAssembly(directory: string, options: CorsSimulatorOptions = {}): CorsSimulator {
    const deployment = new Deployment(options.values);
    const scopes = readAssembly(directory, deployment).map(({ scope }) => scope);
    return simulatorOf(scopes, [], deployment, directory);
  }

  /** @internal */
  public static _of(entrances: Entrances): CorsSimulator {
    return new CorsSimulator(entrances);
  }

  private readonly apis: ApiModel[];

  private constructor(private readonly entrances: Entrances) {
    this.apis = entrances.apis;
  }

  /**
   * What a browser would do with this request.
   *
   * @param request what the page's script asks for
   * @throws if no browser could make such a request (its origin or path is invalid, a header's
   * value is not text), or if it is not clear to which API it goes
   */
  public request(request: BrowserRequest): CorsVerdict {
    const verdict = this.judged(request, this.entranceOf(request));
    return { ...verdict, explanation: explain(request, verdict) };
  }

  /**
   * Throws unless a browser would let the page read the response.
   *
   * The error shows the request, the answers, the rule that failed and what to change. A response
   * that the page can read, but that is an error of the gateway's own, is BROKEN, and passes only
   * where `gatewayError` asks for it.
   *
   * @param request what the page's script asks for
   * @throws if the verdict is another one than ALLOWED, or if no route of the API has this path and
   * method
   */
  public assertAllowed(request: BrowserRequest): void {
    this.assert(request, CorsOutcome.ALLOWED);
  }

  /**
   * Throws unless a browser would keep the response from the page.
   *
   * @param request what the page's script asks for
   * @throws if the verdict is another one than BLOCKED, or if no route of the API has this path and
   * method
   */
  public assertBlocked(request: BrowserRequest): void {
    this.assert(request, CorsOutcome.BLOCKED);
  }

  /** @internal every API, to serve or list them */
  public _apis(): ApiModel[] {
    return this.apis;
  }

  /** @internal what answers a request, to play it */
  public _gatewayFor(request: BrowserRequest): Gateway {
    return this.entranceOf(request).gateway;
  }

  private assert(request: BrowserRequest, expected: CorsOutcome): void {
    const entrance = this.entranceOf(request);
    const verdict = this.judged(request, entrance);
    if (!entrance.via && verdict.rule !== 'deployment' && verdict.rule !== 'request') checkRoute(request, entrance.api);
    if (verdict.outcome !== expected) throw new Error(explainFailure(request, verdict, expected));
  }

  private judged(request: BrowserRequest, { api, via, gateway }: Entrance): Judgement {
    checkOrigin(request.origin);
    checkHeaderValues(request.headers);
    const path = via ? requestedPath(request.path) : checkedPath(request.path, api);
    const recorder = new Recorder(gateway);
    const asked = { ...request, path };
    const verdict = judge(recorder, asked);
    return withFix({ api, request: asked, verdict, exchanges: recorder.exchanges });
  }

  /** A distribution in front decides by the path which API is asked. */
  private entranceOf(request: BrowserRequest): Entrance {
    if (request.via === undefined) return this.entrances.direct(this.apiOf(request));
    return this.entrances.through(request.via, requestedPath(request.path));
  }

  private apiOf({ api }: BrowserRequest): ApiModel {
    const candidates =
      api === undefined
        ? defaultApis(this.apis)
        : this.apis.filter(({ id, constructPath }) => id === api || constructPath === api);
    if (candidates.length === 1) return candidates[0];
    const names = this.apis
      .map(({ id, constructPath }) => (constructPath ? `${id} (${constructPath})` : id))
      .join(', ');
    if (api === undefined) throw new Error(`api: there are several APIs, say which one: ${names}.`);
    if (candidates.length > 1)
      throw new Error(`api: "${api}" is the id of several APIs, use a construct path: ${names}.`);
    throw new Error(`api: there is no API "${api}". There are: ${names}.`);
  }
}

/** Function URLs beside the one API are asked by their names. */
function defaultApis(all: ApiModel[]): ApiModel[] {
  const apis = all.filter(({ kind }) => kind !== 'FUNCTION_URL');
  return apis.length > 0 ? apis : all;
}

/** One line that ends as the name of a template does; no template is one. */
const PATH_OF_FILE = /^[^\n{}]+\.(json|ya?ml|template)$/i;

function simulatorOf(
  own: TemplateScope[],
  around: TemplateScope[],
  deployment: Deployment,
  source: string,
): CorsSimulator {
  const apis = readApis(own, around);
  if (apis.length === 0)
    throw new Error(`${source} holds no REST or HTTP API of API Gateway, and no function URL.${whyNoApi(own)}`);
  checkValues(deployment, [...own, ...around]);
  return CorsSimulator._of(new Entrances(apis, [...new Set([...own, ...around])]));
}
