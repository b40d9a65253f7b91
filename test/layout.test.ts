import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const SRC = join(__dirname, '..', 'src');

/** Which rooms a room may import; files right below src/ are rooms of their own. */
const GROUND = ['http', 'api-gateway', 'cloudfront', 'collections', 'text'];
const SHARED = [...GROUND, 'options', 'policy', 'tree', 'warnings'];
const RULES: Record<string, string[]> = {
  collections: [],
  text: [],
  http: ['collections', 'api-gateway'],
  cloudfront: ['collections', 'http'],
  'api-gateway': ['collections', 'http', 'text/as-text'],
  // The Fetch Standard's names, the one limit that is a size of a mapping template, what routes ask for, and the ids
  // of warnings.
  policy: [
    'collections',
    'http',
    'options',
    'api-gateway/mapping-template',
    'api-gateway/asked-headers',
    'warnings/catalogue',
  ],
  // Values: an option says at once what is wrong with it.
  options: ['http', 'policy'],
  tree: [...GROUND, 'options', 'policy'],
  warnings: [...GROUND, 'policy', 'tree'],
  'rest-api': SHARED,
  'http-api': SHARED,
  'open-api': SHARED,
  lambda: SHARED,
  'uncovered-apis': [...SHARED, 'rest-api', 'http-api'],
  engine: [...SHARED, 'uncovered-apis', 'rest-api', 'http-api', 'open-api', 'lambda'],
  'cors-defaults': [...SHARED, 'engine', 'uncovered-apis'],
  'enable-cors': [...SHARED, 'engine', 'rest-api', 'http-api', 'open-api', 'lambda'],
  constructs: [...GROUND, 'options', 'enable-cors', 'open-api/document-faults', 'policy/faults'],
  verify: GROUND,
  cli: [...GROUND, 'verify'],
};

interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether it is there at run time. */
  readonly isValue: boolean;
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const imports = [...text.matchAll(/^(?:import|export) (type )?([^;]*?)from '(\.[^']+)';/gms)];
  return imports.map(([, type, names, path]) => {
    const onlyTypes =
      /^\{[^}]*\}\s*$/.test(names) &&
      names
        .replace(/[{}\s]/g, ' ')
        .split(',')
        .every((name) => /^\s*(type |$)/.test(name));
    return { from: withoutEnd(file), to: pathOf(file, path), isValue: !type && !onlyTypes };
  });
}

function pathOf(file: string, path: string): string {
  return relative(SRC, resolve(SRC, dirname(file), path));
}

function withoutEnd(file: string): string {
  return file.replace(/\.ts$/, '');
}

const imports = files.flatMap(importsOf);

function roomOf(path: string): string {
  return path.split('/')[0];
}

test('every import follows the layout', () => {
  const forbidden = imports
    .filter(({ from, to }) => from !== 'index' && roomOf(from) !== roomOf(to) && !to.startsWith('..'))
    .filter(
      ({ from, to }) => !(RULES[roomOf(from)] ?? []).some((allowed) => to === allowed || to.startsWith(`${allowed}/`)),
    )
    .map(
      ({ from, to }) =>
        `src/${from}.ts imports src/${to}.ts: ${roomOf(from)} may import ${RULES[roomOf(from)]?.join(', ') || 'nothing'}`,
    );
  expect(forbidden).toEqual([]);
});

test('the imports are found', () => {
  expect(imports.length).toBeGreaterThan(500);
  expect(imports).toContainEqual({ from: 'engine', to: 'rest-api/engine', isValue: true });
});

test('every room has a rule', () => {
  expect(
    [...new Set(files.map(withoutEnd).map(roomOf))].filter((room) => room !== 'index' && !(room in RULES)),
  ).toEqual([]);
});

/** A compiler is recursive: a quoted string is a program, a program holds expressions. */
const RECURSIVE = /^verify\/velocity\/(program|expressions|conditions)$/;

test('no files import each other in a circle at run time', () => {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports.filter(({ isValue }) => isValue)) next.set(from, [...(next.get(from) ?? []), to]);
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: string[]): void => {
    if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' → '));
    if (trail.includes(file) || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...trail, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  expect(circles.filter((circle) => !circle.split(' → ').every((file) => RECURSIVE.test(file)))).toEqual([]);
});

test('a file is a concept: none has more than 250 lines, and none a line of more than 120 columns', () => {
  const textOf = (file: string) => readFileSync(join(SRC, file), 'utf8').trimEnd().split('\n');
  const long = files.filter((file) => textOf(file).length > 250);
  const wide = files.filter((file) => textOf(file).some((line) => line.length > 120));
  expect({ long, wide }).toEqual({ long: [], wide: [] });
});

test('no function, constant or class is exported that its own file alone uses', () => {
  const elsewhere = ['test', 'bench', 'projenrc', 'bin', 'site', 'action']
    .map((folder) => join(SRC, '..', folder))
    .filter((folder) => existsSync(folder))
    .flatMap(textsIn);
  const texts = [...textsIn(SRC), ...elsewhere];
  const unused = textsIn(SRC).flatMap(([file, text]) =>
    exportsOf(text)
      .filter((name) => !texts.some(([other, by]) => other !== file && new RegExp(`\\b${name}\\b`).test(by)))
      .map((name) => `${relative(SRC, file)}: ${name}`),
  );
  expect(unused).toEqual([]);
});

function exportsOf(text: string): string[] {
  const declared = /^export (?:abstract |async )*(?:function\*?|const|class|enum) (\w+)/gm;
  return [...text.matchAll(declared)].map(([, name]) => name);
}

/** The files of a folder that are ours, with their texts. */
function textsIn(folder: string): [string, string][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[cm]?[jt]s$/.test(file) && !/node_modules|dist\/|\.cache/.test(file))
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => [file, readFileSync(file, 'utf8')]);
}
