import { chromiumMessage } from '../../src/verify/console/chromium';
import { recognize } from '../../src/verify/console/recognize';
import { CorsSimulator } from '../../src/verify/simulator';
import { APP } from '../support/pages';

const URL_OF_API = 'https://api.example.com/items';
const put = { origin: APP, method: 'PUT', headers: { 'x-a': '1', 'x-b': '2' }, credentials: false };
const ORIGIN = { 'access-control-allow-origin': APP };
const printed = (headers: Record<string, string>, status = 204) =>
  chromiumMessage(URL_OF_API, put, { status, headers })?.split('CORS policy: ')[1];

describe('what Chromium prints', () => {
  test.each([
    [
      'for a bare 403, since it looks at the header before the status',
      printed({}, 403),
      /check: No 'Access-Control-Allow-Origin'/,
    ],
    ['for 403 with the header', printed(ORIGIN, 403), /It does not have HTTP ok status\.$/],
    ['for a redirect, whatever it carries', printed({ ...ORIGIN, location: '/' }, 307), /Redirect is not allowed/],
    ['for a method, without speaking of the check', printed(ORIGIN), /^Method PUT is not allowed/],
    [
      'for a header',
      printed({ ...ORIGIN, 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': 'X-A' }),
      /^Request header field x-b /,
    ],
  ])('%s', (_, message, expected) => expect(message).toMatch(expected));

  test('is not said where it could name either of two headers', () => {
    expect(printed({ ...ORIGIN, 'access-control-allow-methods': 'PUT' })).toBeUndefined();
  });

  test('is recognized for what it is', () => {
    const message = chromiumMessage(URL_OF_API, put, { status: 204, headers: ORIGIN })!;
    expect(recognize(message)).toMatchObject([{ cause: { id: 'method' }, message: { url: URL_OF_API, origin: APP } }]);
  });
});

describe('a verdict', () => {
  const http = (route: object, cors: object) =>
    CorsSimulator.fromTemplate({
      Parameters: { Site: { Type: 'String' } },
      Resources: {
        Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP', CorsConfiguration: cors } },
        Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'v1' } },
        Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, ...route } },
      },
    });

  test('has the message with the URL as a template would write it', () => {
    const simulator = http(
      { RouteKey: 'PUT /items' },
      { AllowOrigins: ['https://other.example'], AllowMethods: ['PUT'] },
    );
    expect(
      simulator.request({ origin: 'https://app.example.com', path: '/items?x=1', method: 'PUT' }).consoleMessage,
    ).toBe(
      "Access to fetch at 'https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/v1/items?x=1' from origin 'https://app.example.com' " +
        "has been blocked by CORS policy: Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    );
  });

  test('has none where nothing is blocked', () => {
    const simulator = http({ RouteKey: 'GET /items' }, { AllowOrigins: ['*'] });
    expect(simulator.request({ origin: APP, path: '/items' })).not.toHaveProperty('consoleMessage');
  });

  test('has none where the status of a backend decides which message it is', () => {
    const simulator = http({ RouteKey: 'ANY /items' }, { AllowOrigins: [APP], AllowMethods: ['GET'] });
    const verdict = simulator.request({ origin: APP, path: '/items', method: 'PUT' });
    expect([verdict.rule, verdict.consoleMessage]).toEqual(['preflight-method', undefined]);
  });
});
