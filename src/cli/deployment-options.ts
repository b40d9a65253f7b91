import { readFileSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseText } from '../text/json-or-yaml';
import { isObject } from '../verify/template/cloudformation-template';

/** What the command line says about a deployment, and about a document that does not say it. */
export interface DeploymentOptions {
  readonly value?: Record<string, string>;
  readonly parameters?: Record<string, string>;
  readonly kind?: 'rest' | 'http';
}

export function defineDeploymentOptions(command: Command): Command {
  return command
    .option(
      '--value <name=value>',
      'what a parameter, Resource.Attribute, export or dynamic reference will be; repeat it',
      collectValue,
    )
    .option(
      '--parameters <file>',
      'parameters of the deployment, as `aws cloudformation deploy` takes them',
      readParameters,
    )
    .addOption(
      new Option('--kind <kind>', 'the API that an OpenAPI document is for, where it does not say it').choices([
        'rest',
        'http',
      ]),
    );
}

function collectValue(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.search(/=(?![^{]*\}\})/); // a dynamic reference may hold the sign
  if (at < 1) throw new InvalidArgumentError('Write it like WebsiteUrl=https://app.example.com.');
  return { ...before, [text.slice(0, at).trim()]: text.slice(at + 1) };
}

/**
 * [{ ParameterKey, ParameterValue }], { Parameters: { … } }, { Name: 'value' } and ["Name=value"].
 */
function readParameters(file: string): Record<string, string> {
  let content: any;
  try {
    content = parseText(readFileSync(file, 'utf8'), file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InvalidArgumentError(code === 'ENOENT' ? `There is no ${file} here.` : message);
  }
  const given = isObject(content) && isObject(content.Parameters) ? content.Parameters : content;
  const entries = Array.isArray(given) ? given.map(entryOf) : Object.entries(isObject(given) ? given : {});
  const fault = entries.length === 0 || entries.some((entry) => !entry || typeof entry[1] === 'object');
  if (fault)
    throw new InvalidArgumentError(
      'It takes [{"ParameterKey": "Name", "ParameterValue": "value"}] or {"Name": "value"}.',
    );
  return Object.fromEntries((entries as [string, any][]).map(([name, value]) => [name, String(value)]));
}

function entryOf(item: any): [string, any] | undefined {
  if (typeof item === 'string' && item.includes('='))
    return [item.slice(0, item.indexOf('=')), item.slice(item.indexOf('=') + 1)];
  return typeof item?.ParameterKey === 'string' ? [item.ParameterKey, item.ParameterValue ?? ''] : undefined;
}
