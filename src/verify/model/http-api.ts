import { readable } from '../unknown';
import type { HttpApiModel, HttpCors } from './api-model';
import { type ApiParts, incompleteness, partsOfType } from './api-parts';
import { checkCors, checkShape, readCors } from './http-cors';
import { checkRoutes, hasRouteOfHttpApi, readRoutes } from './http-routes';
import { type DocumentOfApi, documentOfApi } from './open-api/document-of-api';
import { importHttpApi } from './open-api/import-http-api';
import { mapOf, sharedVariables, textOf } from './properties';

/**
 * An HTTP API from its CloudFormation resources, and from those that an import of its document
 * makes. WebSocket APIs know no CORS.
 */
export function readHttpApi(given: ApiParts): HttpApiModel | undefined {
  if (given.api ? given.api.properties.ProtocolType === 'WEBSOCKET' : !hasRouteOfHttpApi(given)) return undefined;
  const { document, unreadable }: DocumentOfApi = given.api ? documentOfApi(given.api) : {};
  const all = given.api && document ? importHttpApi(document, given.api, given) : given;
  const { api } = all;
  const notes = [...incompleteness(all), ...(unreadable === undefined ? [] : [unreadable])];
  const faults: string[] = [];
  const cors = readCorsOf(all, given, document !== undefined, faults);
  const routes = readRoutes(all);
  checkRoutes(all, routes, faults);
  const stages = partsOfType(all, 'AWS::ApiGatewayV2::Stage').map(({ properties }) => properties);

  return {
    kind: 'HTTP',
    id: api?.logicalId ?? readable(all.id),
    reference: all.id,
    constructPath: api?.scope.constructPath(api.logicalId),
    templateFile: (api ?? all.parts[0]).scope.file,
    stages: stages.map(({ StageName }) => textOf(StageName)),
    stageVariables: sharedVariables(stages.map(({ StageVariables }) => mapOf(StageVariables))),
    faults,
    incomplete: notes.length > 0 ? notes.join('; ') : undefined,
    cors,
    routes,
  };
}

/** `given`: the API without what its document says. */
function readCorsOf(
  { api, id }: ApiParts,
  given: ApiParts,
  hasDocument: boolean,
  faults: string[],
): HttpCors | undefined {
  const own = given.api?.properties.CorsConfiguration;
  const name = api?.name ?? id;
  if (own !== undefined && hasDocument)
    faults.push(
      `${name} has CorsConfiguration beside a Body: the service refuses that, ` +
        'put x-amazon-apigateway-cors into the document.',
    );
  const cors = readCors(api?.properties.CorsConfiguration, name, own === undefined ? misread : undefined);
  if (own !== undefined) checkShape(own, name, faults);
  if (cors) checkCors(cors, name, faults);
  return cors;
}

/** One report: such a document deploys, and its preflights get a 404. */
function misread(field: string): string {
  return (
    `${field} of x-amazon-apigateway-cors is a text where a list belongs; users report that such a document deploys ` +
    'and its preflights get a 404: write a list'
  );
}
