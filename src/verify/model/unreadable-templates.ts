import type { FoundResource } from '../template/all-resources';
import type { TemplateScope } from '../template/scope';
import { textOf } from './properties';

/** What people hand over although no API can be read from it, and what they can do instead. */

/** Routes of SAM's own resources and events appear only when its transform runs. */
export function checkNotSam(resources: FoundResource[]): void {
  const hasApi = resources.some(({ type }) => APIS.includes(type));
  const sam = resources.find(
    (resource) => makesRoutes(resource) || (!hasApi && resource.type.startsWith('AWS::Serverless::')),
  );
  if (!sam) return;
  throw new Error(
    `${sam.name} is of type ${sam.type}: routes appear only after the SAM transform. ` +
      'Check the transformed template instead: `sam validate --debug` prints it, and after a deployment ' +
      '`aws cloudformation get-template --template-stage Processed` does.',
  );
}

const APIS = ['AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::Lambda::Url'];

function makesRoutes({ type, properties }: FoundResource): boolean {
  if (/^AWS::Serverless::(Http)?Api$/.test(type)) return true;
  const events: any[] = Object.values(type.startsWith('AWS::Serverless::') ? (properties.Events ?? {}) : {});
  return events.some((event) => /^(Http)?Api$/.test(textOf(event?.Type)));
}

/** Why templates without an API that can be judged have none. */
export function whyNoApi(scopes: TemplateScope[]): string {
  const sockets = scopes.flatMap((scope) =>
    scope.resources.flatMap(([id, { Type, Properties }]) =>
      Type === 'AWS::ApiGatewayV2::Api' && scope.resolve(Properties?.ProtocolType) === 'WEBSOCKET'
        ? [scope.nameOf(id)]
        : [],
    ),
  );
  if (sockets.length > 0) {
    return (
      ` ${sockets.join(', ')}: a WebSocket API. Browsers open WebSockets to any origin, ` +
      'so CORS has no say there; check the origin when a client connects.'
    );
  }
  const additions = scopes.flatMap((scope) => scope.additions);
  return additions.length > 0 ? ` What ${additions[0]} brings is not in it: check the template as it is deployed.` : '';
}
