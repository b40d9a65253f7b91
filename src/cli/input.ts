import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { ApiModel } from '../verify/model/api-model';
import { readApis } from '../verify/model/read-apis';
import { routesOf } from '../verify/requests/routes';
import { readAssembly } from '../verify/template/assembly';
import { isObject, parseText, readTemplate } from '../verify/template/cloudformation-template';
import { TemplateScope } from '../verify/template/scope';
import { printable } from './terminal';

/** Where `cdk synth` leaves its output. */
export const DEFAULT_INPUT = 'cdk.out';

/**
 * The APIs of a cloud assembly, a CloudFormation template or an OpenAPI document; only the named
 * one, if there is a name.
 */
export function readInput(path: string, api?: string): ApiModel[] {
  if (!existsSync(path)) {
    const hint = path === DEFAULT_INPUT ? ' Run `cdk synth` first, or name a template.' : '';
    throw new Error(`There is no ${path} here.${hint}`);
  }
  const apis = readApis(
    statSync(path).isDirectory() ? readAssembly(path).map(({ scope }) => scope) : scopesOfFile(path),
  );
  const used = apis.filter(
    (candidate) => candidate.incomplete || candidate.faults.length > 0 || routesOf(candidate).length > 0,
  );
  if (used.length === 0) throw new Error(`${path} holds no REST or HTTP API of API Gateway with a route.`);
  if (api === undefined) return used;
  const named = used.filter(({ id, constructPath }) => id === api || constructPath === api);
  if (named.length === 0) throw new Error(`${path} holds no API "${api}". It holds ${used.map(nameOf).join(', ')}.`);
  if (named.length > 1) {
    const choice = named.map(({ constructPath, templateFile, id }) => constructPath ?? templateFile ?? id).join(', ');
    throw new Error(
      `${path} holds several APIs "${api}": ${choice}. Choose one by its construct path, or name its template.`,
    );
  }
  return named;
}

/** The construct path tells more than the logical id, where the template has it. */
export function nameOf({ id, constructPath }: ApiModel): string {
  return printable(constructPath ?? id);
}

function scopesOfFile(path: string): TemplateScope[] {
  const inAssembly = existsSync(join(dirname(path), 'manifest.json'))
    ? readAssembly(dirname(path)).filter(({ templateFile }) => resolve(templateFile) === resolve(path))
    : [];
  if (inAssembly.length > 0) return inAssembly.map(({ scope }) => scope);
  const content = parseText(readFileSync(path, 'utf8'), path);
  const template =
    isObject(content) && (content.openapi ?? content.swagger) !== undefined ? templateAround(content, path) : content;
  return [new TemplateScope(readTemplate(template, path))];
}

/** The API that a document becomes when it is imported. Its file gives it its name. */
function templateAround(document: Record<string, any>, path: string): object {
  const [Type, kind] = isForHttpApi(document)
    ? ['AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }]
    : ['AWS::ApiGateway::RestApi', {}];
  return { Resources: { [basename(path)]: { Type, Properties: { ...kind, Body: document } } } };
}

/**
 * What only a document for an HTTP API has: its CORS configuration, the payload version that each
 * of its integrations needs, JWT authorizers and the default route.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html
 */
function isForHttpApi(document: Record<string, any>): boolean {
  const text = JSON.stringify(document);
  return /"x-amazon-apigateway-cors":|"payloadFormatVersion":|"x-amazon-apigateway-authorizer":\{[^{}]*"type":"jwt"|"\/\$default":/.test(
    text,
  );
}
