import { App, Stack } from 'aws-cdk-lib';
import { HttpIntegration, MockIntegration } from 'aws-cdk-lib/aws-apigateway';
import { CorsEnabledRestApi, type RestApiCorsOptions } from '../../../src';
import { ADMIN, APP, EVIL, LOCAL } from '../../support/pages';
import type { Case } from '../trial';

/** What this library promises: [policy, pages that it lets in, pages that it keeps out]. */
const POLICIES: [RestApiCorsOptions, string[], string[]][] = [
  [{ allowOrigins: [APP] }, [APP], [ADMIN, EVIL, 'null', 'http://app.example.com', 'https://app.example.com:8443']],
  [{ allowOrigins: [APP], allowCredentials: true }, [APP], [ADMIN, EVIL, 'null']],
  [{ allowOrigins: [APP, LOCAL] }, [APP, LOCAL], [ADMIN, EVIL, 'null', 'http://localhost:5173']],
  [{ allowOrigins: [APP, ADMIN], allowCredentials: true }, [APP, ADMIN], [LOCAL, EVIL]],
  [
    { allowOrigins: ['https://*.example.com'] },
    [APP, ADMIN, 'https://a.b.example.com'],
    [
      'https://example.com',
      'https://evilexample.com',
      'https://example.com.evil.test',
      'http://app.example.com',
      'https://app.example.com:8443',
    ],
  ],
  [
    { allowOrigins: ['https://deploy-*--site.example.app', APP], allowCredentials: true },
    [APP, 'https://deploy-7--site.example.app'],
    ['https://deploy-7.a--site.example.app', 'https://site.example.app', ADMIN],
  ],
  [
    { allowOrigins: ['http://localhost:*'] },
    [LOCAL, 'http://localhost:5173', 'http://localhost'],
    [APP, 'http://127.0.0.1:3000'],
  ],
  [{ allowOrigins: ['https://*'] }, [APP, EVIL, 'https://app.example.com:8443'], [LOCAL, 'null']],
  [{ allowOrigins: ['*'] }, [APP, EVIL, LOCAL, 'null'], []],
];

export const cdkCors: Case[] = POLICIES.flatMap(([cors, ins, outs]) => {
  const template = synthesized(cors);
  const credentials = cors.allowCredentials;
  const pages = [...ins.map((origin) => ({ origin, isIn: true })), ...outs.map((origin) => ({ origin, isIn: false }))];
  return pages.flatMap(({ origin, isIn }): Case[] => [
    {
      why: 'a simple request',
      template,
      request: { origin, path: '/pets', credentials },
      rule: isIn ? 'ok' : 'response-origin',
    },
    {
      why: 'JSON, after a preflight',
      template,
      request: {
        origin,
        path: '/pets',
        method: 'PUT',
        headers: { 'Content-Type': 'application/json', Authorization: 'x' },
        credentials,
      },
      rule: isIn ? 'ok' : 'preflight-origin',
    },
    {
      why: 'an error of the backend',
      template,
      request: { origin, path: '/cats', backendStatus: 404, credentials },
      rule: isIn ? 'ok' : 'response-origin',
    },
    {
      why: 'a proxy',
      template,
      request: { origin, path: '/dogs', method: 'DELETE', credentials },
      rule: isIn ? 'backend' : 'preflight-origin',
    },
    {
      why: 'an error of the gateway',
      template,
      request: { origin, path: '/pets', gatewayError: 'THROTTLED', credentials },
    },
  ]);
});

function synthesized(cors: RestApiCorsOptions): object {
  const app = new App({ analyticsReporting: false });
  const api = new CorsEnabledRestApi(new Stack(app, 'Stack'), 'Api', { cors });
  const mock = new MockIntegration({
    requestTemplates: { 'application/json': '{"statusCode": 200}' },
    integrationResponses: [{ statusCode: '200' }],
  });
  const backend = new HttpIntegration('https://backend.example.com/', {
    proxy: false,
    options: { integrationResponses: [{ statusCode: '200' }, { statusCode: '404', selectionPattern: '404' }] },
  });
  const pets = api.root.addResource('pets');
  pets.addMethod('GET', mock);
  pets.addMethod('PUT', mock);
  api.root.addResource('cats').addMethod('GET', backend);
  api.root.addResource('dogs').addMethod('DELETE', new HttpIntegration('https://backend.example.com/'));
  return app.synth().getStackByName('Stack').template;
}
