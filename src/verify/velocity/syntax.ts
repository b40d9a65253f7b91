/**
 * What velocityjs parses templates into, as far as it is followed here. Its own types do not tell
 * the kinds of nodes apart.
 */

/** A piece of a template: text, a reference, a directive, or a directive with what it holds. */
export type Node = string | Plain | Block;

/** A directive up to its #end: its head, and the nodes behind that. */
export type Block = [head: BlockHead, ...body: Node[]];

export type Plain =
  | Reference
  | { readonly type: 'set'; readonly equal: [target: Reference, value: ExpressionNode] }
  | { readonly type: 'raw'; readonly value: string }
  | { readonly type: 'comment' | 'break' }
  | MacroCall
  | Branch;

/** `#elseif` and `#else` stand among the nodes of their `#if`. */
export type Branch = { readonly type: 'elseif'; readonly condition: ExpressionNode } | { readonly type: 'else' };

export type BlockHead =
  | { readonly type: 'if'; readonly condition: ExpressionNode }
  | ForeachHead
  | MacroHead
  /** Directives that nothing here follows. */
  | { readonly type: 'define' | 'macro_body' | 'noescape' };

/** `#foreach($to in $from)` */
export interface ForeachHead {
  readonly type: 'foreach';
  readonly to: string;
  readonly from: ExpressionNode;
}

export interface MacroHead {
  readonly type: 'macro';
  readonly id: string;
  readonly args?: readonly Reference[] | false;
}

export interface MacroCall {
  readonly type: 'macro_call';
  readonly id: string;
  readonly args?: readonly ExpressionNode[] | false;
}

export interface Reference {
  readonly type: 'references';
  /** The name of the variable. */
  readonly id: string;
  /** `$!` where null reads as nothing. */
  readonly leader: string;
  readonly path?: readonly PathStep[];
}

/** `.property`, `[index]`, `.method(…)` */
export type PathStep =
  | { readonly type: 'property'; readonly id: string }
  | { readonly type: 'index'; readonly id: ExpressionNode }
  | { readonly type: 'method'; readonly id: string; readonly args?: readonly ExpressionNode[] | false };

export type ExpressionNode = Reference | Literal | List | MathNode;

export type Literal =
  | { readonly type: 'string'; readonly value: string; readonly isEval?: boolean }
  | { readonly type: 'integer' | 'decimal'; readonly value: string | number }
  | { readonly type: 'bool'; readonly value: 'true' | 'false' | 'null' }
  | { readonly type: 'map'; readonly value?: Readonly<Record<string, ExpressionNode>> };

export type List =
  | { readonly type: 'array'; readonly isRange?: false; readonly value: readonly ExpressionNode[] }
  | { readonly type: 'array'; readonly isRange: true; readonly value: readonly RangeEnd[] };

/** A number stands as its text. */
export type RangeEnd = ExpressionNode | string | number;

export interface MathNode {
  readonly type: 'math';
  readonly operator: string;
  /** One for `!`, `-` and parentheses, two for others. */
  readonly expression: readonly ExpressionNode[];
}

/**
 * The parser takes a missing or a surplus #end without a word: the mark at the end then is not
 * where it belongs. Throws what is wrong with the template.
 */
export function parse(template: string): Node[] {
  const velocity: typeof import('velocityjs') = require('velocityjs'); // only templates pay for loading it
  const marked = template + (/##[^\n]*$/.test(template) ? `\n${END}` : END); // a comment would take the mark
  const nodes = velocity.parse(marked) as unknown as Node[];
  const last = nodes[nodes.length - 1];
  if (typeof last !== 'string' || !last.endsWith(END) || nodes.slice(0, -1).some(holdsEnd))
    throw new Error('an #end is missing, or there is one too many');
  return [...nodes.slice(0, -1), last.slice(0, -END.length)];
}

const END = '\uE002';

function holdsEnd(node: unknown): boolean {
  return Array.isArray(node) ? node.some(holdsEnd) : typeof node === 'string' && node.includes(END);
}

/** A reference as it stands in its template. */
export function textOf(reference: Reference): string {
  const { Helper }: typeof import('velocityjs') = require('velocityjs');
  return Helper.getRefText(reference as unknown as Parameters<typeof Helper.getRefText>[0]);
}
