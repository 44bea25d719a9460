/** What IPython makes of a command: `!ls` is `get_ipython().system('ls')`, and rules for Python can speak of that. */
import { commandLength } from './shell-comment.ts';
import { type LiteralPiece, stringLiteral } from './string-literal.ts';

/** The sign, the magic's name (of `%` only), and the blanks before what it is given. */
const HEAD = /^(!!?|\?\??|%%?)((?<=%)\S*)?([ \t]*)/;

/**
 * The call as pieces of the command, in order. `alone`: the command is a statement; otherwise it stands after `=`. Lines
 * that a backslash continues become one; a comment after the command stays one.
 * Source: https://ipython.readthedocs.io/en/stable/interactive/reference.html
 */
export function ipythonCall(command: string, alone: boolean): LiteralPiece[] {
  const line = command.replaceAll('\\\n', '  ');
  const [head = '', sign = '', name = ''] = HEAD.exec(line) ?? [];
  const end = Math.max(commandLength(line), head.length);
  const called = (method: string): LiteralPiece => ({ from: 0, text: `get_ipython().${method}(`, width: 0 });
  const given = at(head.length, stringLiteral(line.slice(head.length, end)));
  const after = (close: string) => [{ from: end, text: close, width: 0 }, ...comment(line, end)];
  if (sign.startsWith('!')) return [called(sign === '!' && alone ? 'system' : 'getoutput'), ...given, ...after(')')];
  const magic = sign === '?' ? 'pinfo' : sign === '??' ? 'pinfo2' : name;
  const comma: LiteralPiece = { from: head.length, text: ', ', width: 0 };
  const named = [...at(sign.length, stringLiteral(magic)), comma, ...given];
  if (sign === '%%') return [called('run_cell_magic'), ...named, ...after(", '')")];
  return [called('run_line_magic'), ...named, ...after(')')];
}

/** A line that a shell reads, in a cell such as `%%bash`; empty where there is nothing to run. */
export function shellCall(line: string): LiteralPiece[] {
  const end = commandLength(line);
  const command = line.slice(0, end).replaceAll('\\\n', '  ');
  if (command.trim() === '' || line.startsWith('#')) return [{ from: 0, text: line.replaceAll('\\\n', '  ') }];
  const call: LiteralPiece = { from: 0, text: 'get_ipython().system(', width: 0 };
  return [call, ...stringLiteral(command), { from: end, text: ')', width: 0 }, ...comment(line, end)];
}

/** `f x?` shows what `f x` is. */
export function helpCall(expression: string): LiteralPiece[] {
  const asked = expression.replace(/\?{1,2}$/, '').replace(/[\r\n]/g, ' ');
  const magic = expression.endsWith('??') ? 'pinfo2' : 'pinfo';
  return [
    { from: 0, text: `get_ipython().run_line_magic('${magic}', `, width: 0 },
    ...stringLiteral(asked),
    { from: expression.length, text: ')', width: 0 },
  ];
}

function at(from: number, pieces: readonly LiteralPiece[]): LiteralPiece[] {
  return pieces.map((piece) => ({ ...piece, from: from + piece.from }));
}

function comment(line: string, from: number): LiteralPiece[] {
  return from === line.length ? [] : [{ from, text: line.slice(from).replaceAll('\\\n', '  ') }];
}
