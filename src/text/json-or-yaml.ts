import { parseYaml, YamlError } from './yaml';

/**
 * JSON or YAML text to plain data; CloudFormation's short tags (`!Sub`) become their long form.
 * `name` is how errors call it. What was read in another way than a reader may expect goes into
 * `notes`.
 */
export function parseText(source: string, name: string, notes: string[] = []): any {
  const text = source.replace(/^\uFEFF/, '');
  // JSON is YAML too, but reading it as JSON is a hundred times faster.
  const data = /^\s*[{[]/.test(text) ? parseJsonOrFlow(text, name, notes) : parseBlocks(text, name, notes);
  checkShape(data, name);
  return data;
}

/** YAML's flow style begins with a bracket as well, and takes comments and a last comma. */
function parseJsonOrFlow(text: string, name: string, notes: string[]): any {
  try {
    return JSON.parse(text);
  } catch (error) {
    const otherwise = /^\s*\{\s*"/.test(text) && notJson(name, text, (error as Error).message);
    // YAML takes such comments for text.
    if (otherwise && /\/[/*]/.test(text.replace(/"(\\.|[^"\\])*"/g, ''))) throw otherwise;
    try {
      return parseYaml(text, MAX_DEPTH, notes);
    } catch (inYaml) {
      throw otherwise || notYaml(name, inYaml as Error);
    }
  }
}

function parseBlocks(text: string, name: string, notes: string[]): any {
  try {
    return parseYaml(text, MAX_DEPTH, notes);
  } catch (error) {
    throw notYaml(name, error as Error);
  }
}

/**
 * Throws where data has no end that a program could come to: it holds itself, or aliases blow it
 * up.
 */
export function checkShape(data: any, name: string): void {
  let left = MAX_VALUES;
  const visit = (value: any, depth: number): void => {
    if (depth > MAX_DEPTH) throw new Error(`${name} is nested more than ${MAX_DEPTH} levels deep, or holds itself.`);
    if (--left < 0)
      throw new Error(`${name} comes to more than ${MAX_VALUES} values, as aliases inside of aliases do.`);
    if (typeof value !== 'object' || value === null) return;
    for (const item of Array.isArray(value) ? value : Object.values(value)) visit(item, depth + 1);
  };
  visit(data, 0);
}

const MAX_DEPTH = 200;
const MAX_VALUES = 1_000_000;

function notJson(name: string, text: string, message: string): Error {
  const [, position = text.length] = /at position (\d+)/.exec(message) ?? [];
  const before = text.slice(0, Number(position)).split('\n');
  const what = message
    .replace(/ in JSON at position.*$| at position.*$/s, '')
    .replace(/ of JSON input$|^Unexpected end.*$/s, '');
  return new Error(
    `${name}, line ${before.length}, column ${before[before.length - 1].length + 1}: this is not JSON: ` +
      `${what || 'it ends too early'}.`,
  );
}

function notYaml(name: string, error: Error): Error {
  if (error instanceof RangeError) return new Error(`${name} is nested more than ${MAX_DEPTH} levels deep.`);
  if (!(error instanceof YamlError)) return new Error(`${name} is not YAML: ${error.message.split('\n')[0]}.`);
  const { reason, line, column } = error;
  return new Error(`${name}, line ${line}, column ${column}: this is not YAML: ${inWords(reason)}.`);
}

function inWords(reason: string): string {
  const [, tag] = /^unknown (?:\w+ )?tag !<(.*)>$/.exec(reason) ?? [];
  if (tag !== undefined) return `CloudFormation has no tag ${tag.replace('tag:yaml.org,2002:', '!!')}`;
  return reason.startsWith('nesting exceeded') ? `it is nested more than ${MAX_DEPTH} levels deep` : reason;
}
