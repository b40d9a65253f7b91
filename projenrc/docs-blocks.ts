/**
 * Checks the types of every TypeScript block in README.md and docs/, all in one program, so that what a reader
 * pastes compiles. A block that imports is a module; any other stands in rosetta's fixture, as in the API reference.
 */
import { join } from 'node:path';
import * as ts from 'typescript';
import { codeBlocksIn, pagesOf, ROOT, read } from './markdown';

const FIXTURE = read('rosetta/default.ts-fixture');
const [HEAD] = FIXTURE.split('/// here');

interface Source {
  readonly text: string;
  /** Where the block stands. */
  readonly page: string;
  readonly line: number;
  /** How many lines stand before the block in `text`. */
  readonly before: number;
}

/** Every block as a file of its own, by a path at which imports are found. */
export function sources(): Map<string, Source> {
  const found = new Map<string, Source>();
  for (const page of pagesOf('README.md', 'docs'))
    for (const { language, code, line } of codeBlocksIn(read(page)))
      if (language === 'ts' || language === 'tsx')
        // tsx: what rosetta must not translate
        found.set(join(ROOT, `${page.replaceAll('/', '-')}-${line}.ts`), sourceOf(code, page, line));
  return found;
}

function sourceOf(code: string, page: string, line: number): Source {
  if (/^import /m.test(code)) return { text: code, page, line, before: 0 };
  // What a block takes as given is declared where declarations may stand.
  const declarations = code.match(/^declare .*$/gm) ?? [];
  const rest = code.replace(/^declare .*$/gm, '');
  const head = HEAD.replace(
    /^class Fixture/m,
    `${declarations.map((declared) => `${declared}\n`).join('')}class Fixture`,
  );
  return {
    text: FIXTURE.replace(HEAD, head).replace('/// here', `\n${rest}`),
    page,
    line,
    before: head.split('\n').length,
  };
}

/** `docs/faq.md:12: Cannot find name 'orders'.`, for each fault. */
export function faultsIn(blocks: Map<string, Source>): string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.dev.json'), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, ROOT);
  const settings = { ...options, noUnusedLocals: false, noUnusedParameters: false, skipLibCheck: true };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists, readFile } = host;
  host.getSourceFile = (file, target, ...others) => {
    const block = blocks.get(file);
    return block ? ts.createSourceFile(file, block.text, target) : getSourceFile(file, target, ...others);
  };
  host.fileExists = (file) => blocks.has(file) || fileExists(file);
  host.readFile = (file) => blocks.get(file)?.text ?? readFile(file);
  const program = ts.createProgram([...blocks.keys()], settings, host);
  return ts.getPreEmitDiagnostics(program).map((fault) => told(fault, blocks));
}

function told({ file, start, messageText }: ts.Diagnostic, blocks: Map<string, Source>): string {
  const message = ts.flattenDiagnosticMessageText(messageText, ' ');
  const block = file && blocks.get(file.fileName);
  if (!file || !block) return `${file?.fileName ?? 'the program'}: ${message}`;
  const { line } = file.getLineAndCharacterOfPosition(start ?? 0);
  return `${block.page}:${block.line + line - block.before}: ${message}`;
}

if (require.main === module) {
  const blocks = sources();
  const faults = faultsIn(blocks);
  console.log([...faults, `${blocks.size} TypeScript blocks in the docs, ${faults.length} faults`].join('\n'));
  process.exitCode = faults.length > 0 ? 1 : 0;
}
