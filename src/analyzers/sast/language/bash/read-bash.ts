/** Shell text to the tree that patterns are matched on: a command is a call, a word a name, an expansion the name of its variable. */
import type { TreeCursor } from 'web-tree-sitter';
import {
  ABSENT,
  createNode,
  type Draft,
  finishTree,
  type SyntaxNode,
  type SyntaxTree,
} from '#analyzers/sast/syntax/node.ts';
import { loadGrammar } from '#analyzers/sast/syntax/wasm-grammar.ts';
import type { Budget } from '#domain/analyzer.ts';

/** Null when the budget ran out. */
export type BashParser = (text: string, budget?: Budget) => SyntaxTree | null;

export async function loadBashParser(): Promise<BashParser> {
  const grammar = await loadGrammar('tree-sitter-bash/tree-sitter-bash.wasm');
  return (text, budget) => {
    const stop = () => budget?.expired() ?? false;
    return grammar.read(text, stop, (cursor, broken) => lower(cursor, text, broken, stop));
  };
}

/** `$(…)`: of the kinds that are expressions, the one that stands for what runs within it. */
export const SUBSTITUTION = 'generator_expression';

/** Nodes between two looks at the budget. */
const STRIDE = 8_192;
const LEAVES: ReadonlySet<string> = new Set(['word', 'number', 'variable_name', 'special_variable_name', 'raw_string']);
/** What holds statements. */
const HOLDERS: ReadonlySet<string> = new Set([
  ...['program', 'compound_statement', 'subshell', 'process_substitution', 'do_group'],
  ...['if_statement', 'elif_clause', 'else_clause', 'while_statement', 'case_item'],
]);

interface Frame {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly kids: Draft[];
}

function lower(cursor: TreeCursor, text: string, broken: boolean, stop: () => boolean): SyntaxTree | null {
  const open: Frame[] = [];
  let errorAt: number | null = null;
  for (let visited = 1; ; visited++) {
    if (visited % STRIDE === 0 && stop()) return null;
    const type = cursor.nodeType;
    const [start, end] = [cursor.startIndex, cursor.endIndex];
    if (broken && (type === 'ERROR' || cursor.nodeIsMissing)) errorAt ??= start;
    if (LEAVES.has(type)) open.at(-1)?.kids.push(leaf(type, text.slice(start, end), start));
    else if (type === 'string_content')
      open.at(-1)?.kids.push(createNode('chunk', start, end, [], text.slice(start, end)));
    else if (cursor.nodeIsNamed && type !== 'comment') {
      open.push({ type, start, end, kids: [] });
      if (cursor.gotoFirstChild()) continue;
      close();
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return finishTree(text, build(open[0]!, text), errorAt);
      if (open.length > 1) close();
    }
  }

  function close(): void {
    const frame = open.pop()!;
    if (open.length === 0) open.push(frame);
    else open.at(-1)!.kids.push(build(frame, text));
  }
}

function leaf(type: string, source: string, start: number): Draft {
  const isRaw = type === 'raw_string';
  const value = isRaw ? source.slice(1, -1) : source.replace(/\\(.)/gs, '$1');
  return createNode(isRaw ? 'string' : 'name', start, start + source.length, [], value);
}

function build(frame: Frame, text: string): Draft {
  const { type, start, end, kids } = frame;
  const inner = (kind: string, own: readonly SyntaxNode[], value = '') => createNode(kind, start, end, own, value);
  const [first] = kids;
  switch (type) {
    case 'command': {
      const words = kids.filter(({ kind }) => kind !== 'assignment' && kind !== 'redirect');
      const [name, ...rest] = words;
      const args = createNode('arguments', rest[0]?.start ?? end, rest.at(-1)?.end ?? end, rest);
      return createNode('call', name?.start ?? start, Math.max(name?.end ?? end, args.end), [name ?? ABSENT, args]);
    }
    case 'command_name':
    case 'redirected_statement':
      return first ?? inner(type, kids);
    case 'file_redirect':
    case 'herestring_redirect':
    case 'heredoc_redirect':
      return inner('redirect', kids);
    case 'simple_expansion':
    case 'expansion':
      return kids.length === 1 && first?.kind === 'name' ? inner('name', [], first.text) : inner(type, kids);
    case 'string': {
      if (kids.every(({ kind }) => kind === 'chunk')) return inner('string', [], kids.map(({ text }) => text).join(''));
      return inner('fstring', kids);
    }
    case 'variable_assignment': {
      const target = createNode('word', first?.start ?? start, first?.end ?? start, [], first?.text ?? '');
      return inner('assignment', [target, ABSENT, kids[1] ?? createNode('string', end, end)]);
    }
    case 'declaration_command':
      return kids.length === 1 && first?.kind === 'assignment' ? first : inner(type, kids);
    case 'list':
      return inner('and_or', kids, text.slice(first?.end ?? end, kids[1]?.start ?? end).trim());
    default:
      if (type === 'program') return block(frame);
      if (type === 'command_substitution') return inner(SUBSTITUTION, [block(frame)]);
      return HOLDERS.has(type) ? inner(type, [block(frame)]) : inner(type, kids);
  }
}

function block({ type, start, end, kids }: Frame): Draft {
  const statements = kids.map((kid) => (kid.kind === 'expr' ? kid : createNode('expr', kid.start, kid.end, [kid])));
  return createNode(type === 'program' ? 'module' : 'block', start, end, statements);
}
