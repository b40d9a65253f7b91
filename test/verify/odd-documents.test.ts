import * as fc from 'fast-check';
import { OpenApiDocument, routeKeyOf } from '../../src/api-gateway/open-api/document';
import { documentFaults } from '../../src/open-api/document-faults';
import { httpDocumentWithCors } from '../../src/open-api/http-document';
import { restDocumentWithCors } from '../../src/open-api/rest-document';
import { policyFrom } from '../../src/policy/policy-from';
import { gatewayFor } from '../../src/verify/gateway/gateway-for';
import { judge } from '../../src/verify/judge';
import type { ApiModel, RestResource } from '../../src/verify/model/api-model';
import { readApis } from '../../src/verify/model/read-apis';
import { sampleRequests } from '../../src/verify/requests/sample-requests';
import { Deployment } from '../../src/verify/template/deployment';
import { templateAlone } from '../../src/verify/template/template-alone';
import { isKnown } from '../../src/verify/unknown';
import { ODD_DOCUMENT, SOUND_DOCUMENT } from '../api-gateway/open-api/odd-documents';
import { APP } from '../support/pages';

/** The engines and the simulator read one document: both have to find the same paths, verbs and default routes. */

const RUNS = { numRuns: 600, seed: 16 };

function read(type: string, Body: object): ApiModel {
  const template = {
    Parameters: { Open: { Type: 'String' }, Stage: { Type: 'String' } },
    Conditions: { C: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
    Resources: { Api: { Type: type, Properties: { Body } } },
  };
  return readApis([templateAlone(template, new Deployment())])[0];
}

/** Whichever way the conditions turn out. */
function sidesOf(api: ApiModel): ApiModel[] {
  return api.sides?.map(({ model }) => model) ?? [api];
}

function routesOf(api: ApiModel): string[] {
  return api.kind === 'HTTP' ? api.routes.map(({ key }) => key).filter(isKnown) : [];
}

function methodsOf(api: ApiModel): string[] {
  const below = (resource: RestResource): string[] => [
    ...[...resource.methods.keys()].map((verb) => `${verb} ${resource.path}`),
    ...resource.children.flatMap(below),
  ];
  return api.kind === 'REST' ? below(api.root) : [];
}

/** Branches of a condition stand for themselves with the engines, whatever others of that condition are chosen. */
function expectSame(document: object, simulated: string[], found: string[]): void {
  expect(found).toEqual(expect.arrayContaining(simulated));
  if (!JSON.stringify(document).includes('Fn::If')) expect(new Set(simulated)).toEqual(new Set(found));
}

test('an HTTP API has the routes in the simulator that the engines find', () => {
  fc.assert(
    fc.property(ODD_DOCUMENT, (document) => {
      const routes = sidesOf(read('AWS::ApiGatewayV2::Api', document)).flatMap(routesOf);
      const found = new OpenApiDocument(document).foundOperations.filter((operation) => !isUndecided(operation));
      expectSame(
        document,
        routes,
        found.map(routeKeyOf).map(({ verb, path }) => (path ? `${verb} ${path}` : '$default')),
      );
    }),
    RUNS,
  );
});

/** Whether only the deployment knows if this is the default route. */
function isUndecided({ path, operation }: { path: string; operation: any }): boolean {
  return operation?.isDefaultRoute?.Ref !== undefined && !path.endsWith('$default');
}

test('a REST API has the methods in the simulator that the engines find', () => {
  fc.assert(
    fc.property(ODD_DOCUMENT, (document) => {
      const methods = sidesOf(read('AWS::ApiGateway::RestApi', document)).flatMap(methodsOf);
      const found = new OpenApiDocument(document).foundOperations;
      expectSame(
        document,
        methods,
        found.map(({ verb, path }) => `${verb} /${path.replace(/^\//, '')}`),
      );
    }),
    RUNS,
  );
});

test('what the engines put into a document takes nothing away in the simulator', () => {
  const policy = policyFrom({ allowOrigins: ['https://*.example.com'] });
  fc.assert(
    fc.property(SOUND_DOCUMENT, (document) => {
      fc.pre(documentFaults(document, { takesDefault: true }).length === 0);
      const rest = (body: object) => sidesOf(read('AWS::ApiGateway::RestApi', body)).flatMap(methodsOf);
      const http = (body: object) => sidesOf(read('AWS::ApiGatewayV2::Api', body)).flatMap(routesOf);
      const [restWithCors, httpWithCors] = [restDocumentWithCors, httpDocumentWithCors].map(
        (withCors) => withCors(document, { policy }).document,
      );
      expect(rest(restWithCors)).toEqual(expect.arrayContaining(rest(document)));
      expect(http(httpWithCors)).toEqual(expect.arrayContaining(http(document)));
    }),
    { ...RUNS, numRuns: 200 },
  );
});

test.each(['AWS::ApiGatewayV2::Api', 'AWS::ApiGateway::RestApi'])('each gets verdicts as %s', (type) => {
  fc.assert(
    fc.property(ODD_DOCUMENT, (document) => {
      const api = read(type, document);
      const gateway = gatewayFor(api);
      for (const { request } of sampleRequests(api, [APP])) expect(judge(gateway, request).reason).not.toBe('');
    }),
    { ...RUNS, numRuns: 150 },
  );
});
