import { unknown } from '../unknown';
import { type Condition, compileCondition } from './conditions';
import { compileExpression, compileReference, compileTarget } from './expressions';
import { Interruption, type Run } from './run';
import {
  type Block,
  type Branch,
  type ExpressionNode,
  type ForeachHead,
  type MacroCall,
  type MacroHead,
  type Node,
  parse,
  type Reference,
} from './syntax';
import { toText, Unknowable, type Value } from './values';

/** A template, ready to run: appends to the run's output. */
type Program = (run: Run) => void;

/**
 * Parsed once for each text, however many methods share it. Throws what is wrong with the template.
 */
export function programOf(template: string): Program {
  let program = programs.get(template);
  if (!program) {
    program = compileBlock(parse(template));
    if (programs.size > 10_000) programs.clear();
    programs.set(template, program);
  }
  return program;
}

const programs = new Map<string, Program>();

function compileBlock(nodes: readonly Node[]): Program {
  const programs = nodes.filter((node) => node !== '').map(compileNode);
  return (run) => {
    for (const program of programs) {
      run.budget.spend();
      program(run);
    }
  };
}

function compileNode(node: Node): Program {
  if (typeof node === 'string') return (run) => run.write(node);
  if (Array.isArray(node)) return compileDirective(node);
  switch (node.type) {
    case 'references':
      return compileReference(node);
    case 'set':
      return compileSet(...node.equal);
    case 'raw':
      return (run) => run.write(node.value);
    case 'comment':
      return () => {};
    case 'break':
      return () => {
        throw new Interruption();
      };
    case 'macro_call':
      return compileCall(node);
    default:
      throw new Error(`#${node.type} is a directive that this simulator does not follow`);
  }
}

function compileDirective([head, ...body]: Block): Program {
  if (head.type === 'if') return compileIf(head.condition, body);
  if (head.type === 'foreach') return compileForeach(head, body);
  if (head.type === 'macro') return compileMacro(head, body);
  throw new Error(`#${head.type} is a directive that this simulator does not follow`);
}

/** `#set($a = $b)`: 1.7 leaves $a as it is where $b is null, 2 takes $a away. */
function compileSet(target: Reference, expression: ExpressionNode): Program {
  const value = compileExpression(expression);
  const assign = compileTarget(target);
  return (run) => {
    const result = value(run);
    if (result !== null) assign(run, result);
    else if (run.followsVelocity2('#set to null')) assign(run, null);
  };
}

function compileIf(first: ExpressionNode, body: readonly Node[]): Program {
  const branches: { condition: Condition; nodes: Node[] }[] = [{ condition: compileCondition(first), nodes: [] }];
  for (const node of body) {
    const branch = branchOf(node);
    if (branch?.type === 'elseif') branches.push({ condition: compileCondition(branch.condition), nodes: [] });
    else if (branch) branches.push({ condition: () => true, nodes: [] });
    else branches[branches.length - 1].nodes.push(node);
  }
  const compiled = branches.map(({ condition, nodes }) => ({ condition, program: compileBlock(nodes) }));
  const isText = branches.every(({ nodes }) => onlyWrites(nodes));
  return (run) => {
    for (const { condition, program } of compiled) {
      const holds = condition(run);
      if (holds instanceof Unknowable && isText) return run.write(unknown(holds.why));
      if (holds instanceof Unknowable ? run.choices.choose(2, holds.why) === 1 : holds) return program(run);
    }
  };
}

function branchOf(node: Node): Branch | undefined {
  if (typeof node === 'string' || Array.isArray(node)) return undefined;
  return node.type === 'elseif' || node.type === 'else' ? node : undefined;
}

/** Whether nodes write to the output and do nothing else: then there is no need to go both ways. */
function onlyWrites(nodes: readonly Node[]): boolean {
  return !/"type":"(set|break|macro|macro_call)"|"id":"(put|putAll|add|addAll|set|remove)"/.test(JSON.stringify(nodes));
}

function compileForeach(head: ForeachHead, body: readonly Node[]): Program {
  const source = compileExpression(head.from);
  const program = compileBlock(body);
  const isText = onlyWrites(body);
  return (run) => {
    const list = source(run);
    if (list instanceof Unknowable && isText) return run.write(unknown(list.why));
    const items = itemsOf(list, run);
    const before = [head.to, 'foreach', 'velocityCount'].map((name) => [name, run.variables.get(name)] as const);
    try {
      items.forEach((item, index) => {
        run.budget.spend();
        run.variables.set(head.to, item);
        run.variables.set('velocityCount', index + 1);
        run.variables.set('foreach', loopState(items, index));
        program(run);
      });
    } catch (error) {
      if (!(error instanceof Interruption)) throw error;
    } finally {
      for (const [name, value] of before) run.restore(name, value);
    }
  };
}

/**
 * A map is walked over its values. A list that nobody knows may be empty; what a second item does
 * not change, no further one will.
 */
function itemsOf(value: Value, run: Run): Value[] {
  if (value instanceof Unknowable) return Array.from({ length: run.choices.choose(3, value.why) }, () => value);
  if (value instanceof Map) return Array.from(value.values());
  return Array.isArray(value) ? value : [];
}

function loopState(items: Value[], index: number): Map<string, Value> {
  return new Map<string, Value>([
    ['index', index],
    ['count', index + 1],
    ['hasNext', index + 1 < items.length],
    ['first', index === 0],
    ['last', index + 1 === items.length],
  ]);
}

function compileMacro(head: MacroHead, body: readonly Node[]): Program {
  const program = compileBlock(body);
  const names = (head.args || []).map(({ id }) => id);
  return (run) => {
    run.macros.set(head.id, (parameters) => {
      const before = names.map((name) => [name, run.variables.get(name)] as const);
      names.forEach((name, index) => {
        run.variables.set(name, parameters[index] ?? null);
      });
      program(run);
      for (const [name, value] of before) run.restore(name, value);
    });
  };
}

/**
 * An unknown macro is text; #evaluate, #parse and #include are directives of Velocity that no
 * mapping template needs.
 */
function compileCall(node: MacroCall): Program {
  if (/^(evaluate|parse|include)$/.test(node.id))
    throw new Error(`#${node.id} is a directive that this simulator does not follow`);
  const parameters = (node.args || []).map(compileExpression);
  return (run) => {
    const macro = run.macros.get(node.id);
    const values = parameters.map((parameter) => parameter(run));
    if (macro) macro(values);
    else run.write(`#${node.id}(${values.map(toText).join(', ')})`);
  };
}
