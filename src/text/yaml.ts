/**
 * YAML as CloudFormation reads it: version 1.1 (`yes` is a boolean, `010` is eight, the last of two
 * equal keys counts, brackets may close under their key), with the short forms of intrinsic
 * functions (`!Sub`).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 */

/** Where a text is not YAML. Lines and columns begin with 1. */
export class YamlError extends Error {
  public constructor(
    public readonly reason: string,
    public readonly line: number,
    public readonly column: number,
  ) {
    super(reason);
  }
}

/**
 * The one document of a YAML text. What was read in another way than a reader may expect goes into
 * `notes`.
 */
export function parseYaml(text: string, maxDepth: number, notes: string[] = []): any {
  try {
    return onlyDocument(text, { maxDepth });
  } catch (error) {
    if (!(error instanceof YamlError) || error.reason !== 'duplicated mapping key') throw error;
    notes.push(`line ${error.line} has a key that stands twice in its map: as in CloudFormation, the last one counts`);
    return onlyDocument(text, { maxDepth, json: true }); // JSON's rule for equal keys
  }
}

function onlyDocument(text: string, options: object): any {
  const documents = loaded(text, options).filter((document) => document !== null && document !== undefined);
  if (documents.length <= 1) return documents[0];
  throw new YamlError('a second document begins here, after ---', secondDocument(text.split('\n')), 1);
}

/** The number of the line in which it begins. */
function secondDocument(lines: string[]): number {
  const content = lines.findIndex((line) => /^[^\s%#-]|^-(?!--)/.test(line));
  return lines.findIndex((line, index) => index > content && line.startsWith('---')) + 1;
}

function loaded(text: string, options: object): any[] {
  const yaml = require('../../vendor/js-yaml'); // only who reads YAML pays for loading it
  try {
    return yaml.loadAll(text, null, { ...options, schema: schemaOf(yaml) });
  } catch (error) {
    if (!(error instanceof yaml.YAMLException)) throw error;
    const { reason, mark } = error as { reason: string; mark?: { line: number; column: number } };
    throw new YamlError(reason, (mark?.line ?? 0) + 1, (mark?.column ?? 0) + 1);
  }
}

let schema: object | undefined;

function schemaOf({ Schema, Type }: any): object {
  const scalar = (name: string, pattern: RegExp, construct: (text: string) => unknown): object =>
    new Type(`tag:yaml.org,2002:${name}`, {
      kind: 'scalar',
      resolve: (text: string | null) => pattern.test(text ?? ''),
      construct: (text: string | null) => construct(text ?? ''),
    });
  schema ??= new Schema({
    implicit: [
      scalar('null', /^(~|null|Null|NULL|)$/, () => null),
      scalar('bool', /^(yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/, (text) =>
        /^(y|t|on)/i.test(text),
      ),
      scalar('int', INTEGER, integerOf),
      scalar('float', /^([-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+][0-9]+)?$/, (text) =>
        Number(text.replace(/_/g, '')),
      ),
      scalar('merge', /^<<$/, (text) => text),
    ],
    explicit: [
      scalar('str', /(?:)/, (text) => text),
      new Type('tag:yaml.org,2002:seq', { kind: 'sequence', construct: (items: unknown) => items ?? [] }),
      new Type('tag:yaml.org,2002:map', { kind: 'mapping', construct: (pairs: unknown) => pairs ?? {} }),
      ...INTRINSICS.flatMap(([tag, key]) =>
        ['scalar', 'sequence', 'mapping'].map(
          (kind) => new Type(tag, { kind, construct: (argument: unknown) => ({ [key]: argumentOf(key, argument) }) }),
        ),
      ),
    ],
  });
  return schema!;
}

/**
 * Binary, octal, decimal, hexadecimal and to the base of 60 (`1:30`), with underscores:
 * https://yaml.org/type/int.html
 */
const INTEGER = /^[-+]?(0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(:[0-5]?[0-9])+)$/;

/** Stays a text where JavaScript has no such number. */
function integerOf(text: string): number | string {
  const [, sign, digits] = /^([-+]?)(.*)$/.exec(text.replace(/_/g, ''))!;
  const value = digits.includes(':')
    ? digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    : Number(digits.replace(/^0(?=[0-7])/, '0o'));
  return Number.isSafeInteger(value) ? (sign === '-' ? -value : value) : text;
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
const INTRINSICS: [string, string][] = [
  ['!Ref', 'Ref'],
  ['!Condition', 'Condition'],
  ...(
    'And,Base64,Cidr,Contains,EachMemberEquals,EachMemberIn,Equals,FindInMap,GetAtt,GetAZs,If,ImportValue,' +
    'Join,Length,Not,Or,RefAll,Select,Split,Sub,ToJsonString,Transform,ValueOf,ValueOfAll'
  )
    .split(',')
    .map((name): [string, string] => [`!${name}`, `Fn::${name}`]),
];

/** `!GetAtt Stack.Outputs.Url` is the attribute `Outputs.Url` of `Stack`. */
function argumentOf(key: string, argument: unknown): unknown {
  if (key !== 'Fn::GetAtt' || typeof argument !== 'string') return argument ?? '';
  const dot = argument.indexOf('.');
  return dot < 0 ? [argument] : [argument.slice(0, dot), argument.slice(dot + 1)];
}
