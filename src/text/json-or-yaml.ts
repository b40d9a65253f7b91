/** JSON or YAML text to plain data; CloudFormation's short tags (`!Sub`) become their long form. */
export function parseText(text: string, name: string): any {
  try {
    // JSON is YAML too, but reading it as JSON is a hundred times faster.
    return text.trimStart().startsWith('{') ? JSON.parse(text) : parseYaml(text);
  } catch (error) {
    if (text.trimStart().startsWith('{')) return parseYamlOr(text, () => notReadable(name, error));
    throw notReadable(name, error);
  }
}

/** YAML's flow style starts with a brace as well: `{Resources: …}`. */
function parseYamlOr(text: string, otherwise: () => Error): any {
  try {
    return parseYaml(text);
  } catch {
    throw otherwise();
  }
}

function parseYaml(text: string): any {
  const yaml: typeof import('yaml') = require('yaml'); // only who reads YAML pays for loading it
  const document = yaml.parseDocument(text, { customTags: shortTags(), logLevel: 'error', merge: true });
  if (document.errors.length > 0) throw document.errors[0];
  return document.toJS({ maxAliasCount: 1000 });
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const INTRINSICS =
  'And,Base64,Cidr,Equals,FindInMap,GetAtt,GetAZs,If,ImportValue,Join,Length,Not,Or,Select,Split,Sub,ToJsonString,Transform';

function shortTags(): any[] {
  const long = INTRINSICS.split(',').map((name) => [name, `Fn::${name}`]);
  return [...long, ['Ref', 'Ref'], ['Condition', 'Condition']].flatMap(([name, key]) => [
    { tag: `!${name}`, resolve: (value: string) => ({ [key]: key === 'Fn::GetAtt' ? atFirstDot(value) : value }) },
    { tag: `!${name}`, collection: 'seq', resolve: (node: any) => wrapped(key, node) },
    { tag: `!${name}`, collection: 'map', resolve: (node: any) => wrapped(key, node) },
  ]);
}

/** The node stays a node, so that tags inside of it are converted as well. */
function wrapped(key: string, node: any): any {
  const yaml: typeof import('yaml') = require('yaml');
  const map = new yaml.YAMLMap();
  const inner = Object.assign(Object.create(Object.getPrototypeOf(node)), node, { tag: undefined });
  map.items.push(new yaml.Pair(new yaml.Scalar(key), inner));
  return map;
}

function atFirstDot(value: string): string[] {
  const dot = value.indexOf('.');
  return dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)];
}

function notReadable(name: string, error: unknown): Error {
  return new Error(`${name} is neither JSON nor YAML: ${(error as Error).message.split('\n')[0]}`);
}
