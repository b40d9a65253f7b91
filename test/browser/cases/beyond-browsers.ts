import { APP } from '../../support/pages';
import type { Case } from '../trial';
import { cors, http, type Mapping, mock, restApi } from './cloudformation';

const OPEN = cors({ origin: APP, methods: 'PUT' });
const request = { origin: APP, path: '/pets' };
const api = (headers: Mapping) => restApi({ '/pets': { GET: http({ '200': headers }) } });
const unreadable = { ...mock(OPEN), MethodResponses: [{ StatusCode: '200' }] };

/**
 * No browser can say what becomes of these: they never get deployed, or depend on what the template
 * does not hold.
 */
export const beyondBrowsers: Case[] = [
  {
    why: 'a mapped header is not declared',
    template: restApi({ '/pets': { GET: unreadable } }),
    request,
    rule: 'deployment',
  },
  {
    why: 'two variable parts stand beside each other',
    template: restApi({ '/{id}': { GET: mock(OPEN) }, '/{proxy+}': { GET: mock(OPEN) } }),
    request,
    rule: 'deployment',
  },
  {
    why: 'a response mapping takes from the request',
    template: api({ 'Access-Control-Allow-Origin': 'method.request.header.origin' }),
    request,
    rule: 'deployment',
  },
  {
    why: 'a mapping takes what the backend sends',
    template: api({ 'Access-Control-Allow-Origin': 'integration.response.header.Access-Control-Allow-Origin' }),
    request,
    rule: 'backend',
  },
  {
    why: 'a parameter may turn out to be the origin',
    template: {
      Parameters: { Page: { Type: 'String' } },
      ...api({ 'Access-Control-Allow-Origin': { 'Fn::Sub': "'${Page}'" } }),
    },
    request,
    rule: 'unknown',
  },
  {
    why: 'a parameter cannot turn out to be the origin',
    template: {
      Parameters: { Page: { Type: 'String' } },
      ...api({ 'Access-Control-Allow-Origin': { 'Fn::Sub': "'http://${Page}'" } }),
    },
    request,
    rule: 'response-origin',
  },
];
