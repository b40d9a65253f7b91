import type { BrowserRequest } from '../../../src/verify/verdict';

/** A template and the request that it blocks. */
export interface Situation {
  readonly template: any;
  readonly request: BrowserRequest;
}

/**
 * Does to the letter what an advice about a template says, by the properties and values in its text. Throws where there is nothing
 * to follow in it.
 */
export function follow(fix: string, { template, request }: Situation): Situation {
  const next = { template: structuredClone(template), request: structuredClone(request) };
  const steps = [mappings, addedOptions, openedOptions, configuration, configured, requestChanges];
  const done = steps.filter((step) => step(fix, next));
  if (done.length === 0) throw new Error(`nothing to follow in: ${fix}`);
  return next;
}

type Step = (fix: string, situation: { template: any; request: any }) => boolean;

const PAIR = /"(method\.response|gatewayresponse)\.header\.([A-Za-z-]+)": "('[^"]*')"/g;

/** `"method.response.header.X": "'…'" in ResponseParameters of the integration response of Get` */
const mappings: Step = (fix, { template }) => {
  const [, id] = /integration response of (\w+)/.exec(fix) ?? [];
  const [, type] = /gateway response (DEFAULT_\w+)/.exec(fix) ?? [];
  const pairs = [...fix.matchAll(PAIR)];
  if (/add an OPTIONS method/i.test(fix) || pairs.length === 0 || (!id && !type)) return false;
  for (const [, prefix, name, value] of pairs) {
    const key = `${prefix}.header.${name}`;
    if (id) map(template.Resources[id], key, value);
    else errors(template, type!)[key] = value;
  }
  return true;
};

function map({ Properties }: any, key: string, value: string): void {
  const [response] = Properties.Integration.IntegrationResponses;
  response.ResponseParameters = { ...response.ResponseParameters, [key]: value };
  for (const declared of Properties.MethodResponses)
    if (declared.StatusCode === response.StatusCode)
      declared.ResponseParameters = { ...declared.ResponseParameters, [key]: true };
}

function errors(template: any, type: string): Record<string, string> {
  const found = Object.values<any>(template.Resources).find(({ Properties }) => Properties?.ResponseType === type);
  const resource = found ?? {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: { RestApiId: { Ref: 'Api' }, ResponseType: type },
  };
  if (!found) template.Resources[`Errors${type.replace(/_/g, '')}`] = resource;
  resource.Properties.ResponseParameters ??= {};
  return resource.Properties.ResponseParameters;
}

/** `add an OPTIONS method to this path with …` */
const addedOptions: Step = (fix, { template, request: { path } }) => {
  if (!/add an OPTIONS method to this path with AuthorizationType: NONE/i.test(fix)) return false;
  const headers = Object.fromEntries(
    [...fix.matchAll(PAIR)].map(([, prefix, name, value]) => [`${prefix}.header.${name}`, value]),
  );
  const ResourceId =
    path === '/' ? { 'Fn::GetAtt': ['Api', 'RootResourceId'] } : { Ref: path.replace(/[^a-zA-Z0-9]+/g, 'X') };
  template.Resources.Added = {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResourceId,
      HttpMethod: 'OPTIONS',
      AuthorizationType: 'NONE',
      Integration: {
        Type: 'MOCK',
        RequestTemplates: { 'application/json': '{"statusCode": 200}' },
        IntegrationResponses: [{ StatusCode: '200', ResponseParameters: headers }],
      },
      MethodResponses: [
        { StatusCode: '200', ResponseParameters: Object.fromEntries(Object.keys(headers).map((key) => [key, true])) },
      ],
    },
  };
  return true;
};

/** `set AuthorizationType: NONE on it`, and the like, of the method that is named. */
const openedOptions: Step = (fix, { template }) => {
  const [, id] = /key or signature: (\w+) /.exec(fix) ?? [];
  const properties = id && template.Resources[id]?.Properties;
  if (!properties || !/ on it\.| off it\./.test(fix)) return false;
  if (fix.includes('AuthorizationType: NONE')) {
    properties.AuthorizationType = 'NONE';
    delete properties.AuthorizerId;
  }
  if (fix.includes('ApiKeyRequired: false')) properties.ApiKeyRequired = false;
  if (fix.includes('validator')) {
    delete properties.RequestValidatorId;
    delete properties.RequestParameters;
  }
  return true;
};

/** `add "x" to AllowOrigins in CorsConfiguration of Api`, and the like. */
const configuration: Step = (fix, { template }) => {
  if (!/in CorsConfiguration of Api/.test(fix)) return false;
  const { Properties } = template.Resources.Api;
  const cors = { ...Properties.CorsConfiguration };
  for (const [, items, name] of fix.matchAll(
    /(?:add|list) ((?:"[^"]+"(?:, )?)+)(?: in place of "\*")? (?:to|in) (Allow\w+)/gi,
  )) {
    const kept = fix.includes('in place of') ? [] : (cors[name] ?? []);
    cors[name] = [...kept, ...JSON.parse(`[${items}]`)];
  }
  for (const [, name, list] of fix.matchAll(/(Allow\w+): (\[[^\]]*\])/g)) cors[name] = JSON.parse(list);
  if (fix.includes('AllowCredentials: true')) cors.AllowCredentials = true;
  Properties.CorsConfiguration = cors;
  return true;
};

/** `give Api a CorsConfiguration with AllowOrigins: […], …` */
const configured: Step = (fix, { template }) => {
  if (!/give Api a CorsConfiguration/i.test(fix)) return false;
  const { Properties } = template.Resources.Api;
  const cors: any = {};
  for (const [, name, list] of fix.matchAll(/(Allow\w+): (\[[^\]]*\])/g)) cors[name] = JSON.parse(list);
  if (fix.includes('AllowCredentials: true')) cors.AllowCredentials = true;
  Properties.CorsConfiguration = cors;
  return true;
};

/** What the page has to do otherwise. */
const requestChanges: Step = (fix, { request }) => {
  const [, method] = /in the page: method: '(\w+)'/.exec(fix) ?? [];
  const [, names] = /^Take (\S+(?:, \S+)*) out of the headers that the page sends/.exec(fix) ?? [];
  const [, header] = /Send the header (\S+) with the request/.exec(fix) ?? [];
  if (method) request.method = method;
  for (const name of names?.split(', ') ?? []) delete request.headers[name];
  if (header) request.headers = { ...request.headers, [header]: 'some' };
  return Boolean(method || names || header);
};
