/** Shell scripts, and the commands that pipelines of other files hold. */
import { openTree } from '#analyzers/sast/language/open-tree.ts';
import type { TargetLanguage } from '#analyzers/sast/language/target-language.ts';
import { compilePattern } from '#analyzers/sast/pattern/compile-pattern.ts';
import type { Pattern } from '#analyzers/sast/pattern/parse-pattern.ts';
import { DEEP, ELLIPSIS, MANY, METAVARIABLE } from '#analyzers/sast/pattern/pattern-text.ts';
import { indexNodes } from '#analyzers/sast/rule/node-index.ts';
import { lineOf } from '#analyzers/sast/syntax/lines.ts';
import type { Draft, SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import { type BashParser, SUBSTITUTION } from './read-bash.ts';

export function createBash(parse: BashParser): TargetLanguage {
  return {
    name: 'bash',
    reads: (part) => part.language === 'bash' && part.kind === 'source',
    readPattern(text, options) {
      const tree = parse(encodeBashPattern(text))!;
      if (tree.root.kids.length === 0) return { kind: 'invalid', line: 1, message: 'the pattern is empty' };
      if (tree.errorAt !== null)
        return { kind: 'invalid', line: lineOf(tree.text, tree.errorAt), message: 'the pattern is not valid Bash' };
      decodeSigns(tree);
      const pattern = compilePattern(patternOf(tree), options);
      // A command is called without parentheses.
      const words = [...new Set(pattern.words.map((word) => word.replace(/\($/, '')))];
      return { kind: 'pattern', pattern: { ...pattern, words } };
    },
    open(text, anchors, budget) {
      const tree = parse(text, budget);
      if (tree === null) return null;
      return openTree(tree, indexNodes(tree, anchors));
    },
  };
}

/** A single word is looked for wherever it stands. */
function patternOf({ root }: SyntaxTree): Pattern {
  const only = root.kids.length === 1 ? root.kids[0]!.kids[0]! : null;
  if (only === null) return { kind: 'statements', nodes: root.kids };
  const isWord = only.kind === 'call' && only.kids[1]!.kids.length === 0;
  return { kind: 'expression', node: isWord ? only.kids[0]! : only };
}

/** Names that a shell accepts for variables, and nobody uses. */
const SIGN = 'ASSAY_SIGN_';
const SHELL_METAVARIABLE = `${SIGN}ONE_`;
const SHELL_MANY = `${SIGN}MANY_`;

function encodeBashPattern(text: string): string {
  return text
    .replace(/<\.\.\./g, `$(${DEEP} `)
    .replace(/\.\.\.>/g, ')')
    .replace(/\$(\{)?(?:\$)?(\.\.\.)?([A-Z_][A-Z_0-9]*)(\})?/g, (_, _open, many: string | undefined, name: string) =>
      many === undefined ? SHELL_METAVARIABLE + name : SHELL_MANY + name,
    )
    .replace(/(?<!\.)\.\.\.(?!\.)/g, ELLIPSIS);
}

/** The signs as the builders of patterns know them. */
function decodeSigns(tree: SyntaxTree): void {
  for (const node of tree.nodes as readonly Draft[]) {
    const [call] = node.kids[0]?.kids[0]?.kids ?? [];
    if (node.kind === SUBSTITUTION && call?.kids[0]?.text === DEEP)
      Object.assign(node, { kind: 'call', kids: call.kids });
    const [callee, args] = node.kids;
    // A sign in place of a command is no command.
    const isSign = callee?.kind === 'name' && (callee.text === ELLIPSIS || callee.text.startsWith(SIGN));
    if (node.kind === 'call' && isSign && args?.kids.length === 0)
      Object.assign(node, { kind: 'name', text: callee!.text, kids: [] });
    if (node.kind === 'string') node.text = node.text.replaceAll(SHELL_METAVARIABLE, '$');
    if (node.kind !== 'name' && node.kind !== 'word') continue;
    if (node.text.startsWith(SHELL_METAVARIABLE)) node.text = METAVARIABLE + node.text.slice(SHELL_METAVARIABLE.length);
    else if (node.text.startsWith(SHELL_MANY)) node.text = MANY + node.text.slice(SHELL_MANY.length);
  }
}
