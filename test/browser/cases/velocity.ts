import { ADMIN, APP, EVIL, LOCAL } from '../../support/pages';
import type { Case } from '../trial';
import { cors, http, mock, mockOf, restApi } from './cloudformation';

const HEADER = '$context.responseOverride.header.Access-Control-Allow-Origin';
const READ = '#set($origin = $input.params().header.get("origin"))';
const letIn = (condition: string) => `${READ}#if(${condition})#set(${HEADER} = $origin)#end`;

/** [mapping template, origins that it lets in, origins that it keeps out, why] */
const TEMPLATES: [string, string[], string[], string][] = [
  [letIn(`$origin == "${APP}"`), [APP], [ADMIN, EVIL, 'null'], 'an exact comparison'],
  [letIn(`$origin == "${APP}" || $origin == "${LOCAL}"`), [APP, LOCAL], [ADMIN, EVIL], 'two exact comparisons'],
  [letIn(`$origin.equals("${APP}")`), [APP], [ADMIN], 'as Java compares'],
  [
    letIn("$origin.matches('https://[a-z0-9-]+[.]example[.]com')"),
    [APP, ADMIN],
    [EVIL, 'http://app.example.com'],
    'an escaped expression',
  ],
  [
    letIn("$origin.matches('https://app.example.com')"),
    [APP, 'https://appxexample.com'],
    [EVIL],
    'a dot that is any character: a hole',
  ],
  [
    letIn('$origin.contains("example.com")'),
    [APP, 'https://example.com.evil.test'],
    [EVIL],
    'anywhere in the origin: a hole',
  ],
  [
    letIn('$origin.endsWith("example.com")'),
    [APP, 'https://evilexample.com'],
    ['https://example.com.evil.test'],
    'at the end: a hole',
  ],
  [
    letIn('$origin.endsWith(".example.com")'),
    [APP, ADMIN],
    ['https://evilexample.com', EVIL],
    'at the end, from a dot on',
  ],
  [letIn('$origin.startsWith("http://localhost:")'), [LOCAL, 'http://localhost:5173'], [APP], 'any port'],
  [letIn(`$origin.toLowerCase() == "${APP}"`), [APP], [ADMIN], 'in lower case'],
  [letIn('$origin.split("[.]").size() == 3'), [APP, ADMIN], [EVIL], 'counted parts'],
  [`#set($allowed = ["${APP}", "${ADMIN}"])${letIn('$allowed.contains($origin)')}`, [APP, ADMIN], [EVIL], 'a list'],
  [letIn(`!$origin || $origin == ""`), [], [APP, EVIL], 'only who sends no origin'],
  [
    `${READ}#foreach($allowed in ["${APP}", "${ADMIN}"])#if($allowed == $origin)#set(${HEADER} = $origin)#end#end`,
    [APP, ADMIN],
    [EVIL],
    'a loop',
  ],
  [`${READ}#set(${HEADER} = $origin)`, [APP, EVIL, 'null'], [], 'a mirror: everybody'],
  [`#set(${HEADER} = "*")`, [APP, EVIL, 'null'], [], 'a star'],
  [`#set(${HEADER} = '$origin')`, [], [APP, EVIL], 'single quotes keep the name of the variable'],
  [
    `#set($origin = $input.params().header.get("Origin"))#if($origin == "${APP}")#set(${HEADER} = $origin)#end`,
    [],
    [APP],
    'browsers send the name in lower case',
  ],
  [
    `#set($origin = $input.params().header.get("Origin"))#if(!$origin || $origin == "")${READ}#end#if($origin == "${APP}")#set(${HEADER} = $origin)#end`,
    [APP],
    [EVIL],
    'both spellings',
  ],
  [
    `#set($origin = $input.params("origin"))#if($origin == "${APP}")#set(${HEADER} = $origin)#end`,
    [APP],
    [EVIL],
    'the short way to a header',
  ],
  [`#set(${HEADER} = "${APP},${ADMIN}")`, [], [APP, ADMIN], 'a list is nobody'],
];

const PREFLIGHT = cors({ methods: 'PUT' });

/** The same idiom in each of the places in which people put it. */
const places: Case[] = TEMPLATES.flatMap(([template, ins, outs, why]) => {
  const velocity = { ResponseTemplates: { 'application/json': template } };
  const options = mockOf({ '200': PREFLIGHT }, {}, velocity);
  const onResponse = restApi({
    '/pets': { GET: http({ '200': {} }, velocity), PUT: http({ '200': {} }, velocity), OPTIONS: options },
  });
  const inMock = { 'application/json': `${template}{"statusCode": 200}` };
  const onRequest = restApi({ '/pets': { GET: mock({}, '200', { RequestTemplates: inMock }) } });
  const pages = [...ins.map((origin) => ({ origin, isIn: true })), ...outs.map((origin) => ({ origin, isIn: false }))];
  return pages.flatMap(({ origin, isIn }) => [
    { why, template: onResponse, request: { origin, path: '/pets' }, rule: isIn ? 'ok' : 'response-origin' },
    {
      why,
      template: onResponse,
      request: { origin, path: '/pets', method: 'PUT' },
      rule: isIn ? 'ok' : 'preflight-origin',
    },
    {
      why: `${why}, in the request template`,
      template: onRequest,
      request: { origin, path: '/pets' },
      rule: isIn ? 'ok' : 'response-origin',
    },
  ]);
});

const overridden = (headers: object, template: string) =>
  restApi({
    '/pets': {
      GET: http(
        { '200': { ...cors({ origin: EVIL }), ...headers } },
        { ResponseTemplates: { 'application/json': template } },
      ),
    },
  });

export const velocity: Case[] = [
  ...places,
  ...[APP, EVIL].map((origin) => ({
    why: 'what the backend sends decides about the status, and about no header',
    template: overridden(
      {},
      `#if($input.path("$.status") == "FAILED")#set($context.responseOverride.status = 500)#end`,
    ),
    request: { origin, path: '/pets' },
    rule: origin === EVIL ? 'ok' : 'response-origin',
  })),
  {
    why: 'an override beats the mapped value',
    template: overridden({}, letIn(`$origin == "${APP}"`)),
    request: { origin: APP, path: '/pets' },
    rule: 'ok',
  },
  {
    why: 'without one the mapped value stays',
    template: overridden({}, letIn(`$origin == "${APP}"`)),
    request: { origin: EVIL, path: '/pets' },
    rule: 'ok',
  },
  {
    why: 'the short way to a header reads the query first',
    template: overridden({}, `#set(${HEADER} = $input.params("origin"))`),
    request: { origin: APP, path: `/pets?origin=${EVIL}` },
    rule: 'response-origin',
  },
  {
    why: 'a second override is a 500',
    template: overridden({}, `#set(${HEADER} = "${EVIL}")#set(${HEADER} = "${APP}")`),
    request: { origin: APP, path: '/pets' },
    rule: 'response-origin',
  },
  {
    why: 'a parameter in the query is not a header',
    template: overridden({}, letIn(`$origin == "${APP}"`)),
    request: { origin: ADMIN, path: `/pets?origin=${APP}` },
    rule: 'response-origin',
  },
];
