/**
 * Paths that a policy leaves out: gitignore's patterns, run as RE2 expressions, because whoever may write one
 * repository's policy must not be able to slow down the reviews of all others.
 */
import { RE2JS } from 're2js';

export type Glob =
  | { readonly ok: true; readonly expression: string }
  | { readonly ok: false; readonly problem: string };

/** Keeps the automaton of a pattern small: a hundred of the worst together take less than a millisecond for a path. */
const MAX_WILDCARDS = 10;

const TOKEN = new RegExp(
  [
    String.raw`(?<folders>(?<=^|/)\*\*/)`,
    String.raw`(?<everything>(?<=^|/)\*\*$)`,
    String.raw`(?<name>\*+)`,
    String.raw`(?<one>\?)`,
    String.raw`\[(?<not>[!^]?)(?<set>\]?[^\]]*)\]`,
    String.raw`\\(?<escaped>.)`,
    String.raw`(?<open>\{)`,
    '(?<comma>,)',
    String.raw`(?<close>\})`,
    '(?<literal>.)',
  ].join('|'),
  'gsu',
);

/**
 * A pattern without a slash matches a name at any depth; one with a slash counts from the root of the repository; what
 * matches a folder matches everything below it. `*` and `?` stay within a name, `**` crosses folders, `[a-z]` and
 * `{one,two}` work as in a shell, and a backslash takes the next character as it is. `problem` is a clause.
 */
export function parseGlob(glob: string): Glob {
  if (glob.startsWith('!'))
    return { ok: false, problem: 'must not start with `!`: a pattern can only leave paths out' };
  const rooted = glob.replace(/^\.\//, '');
  const pattern = rooted.replace(/^\/+/, '').replace(/\/+$/, '');
  if (pattern === '') return { ok: false, problem: 'matches no path' };
  const start = rooted.startsWith('/') || pattern.includes('/') ? '' : '(?:.*/)?';
  const below = rooted.endsWith('/') ? '/.*' : '(?:/.*)?';

  let expression = '';
  let open = 0;
  let wildcards = 0;
  for (const { groups = {} } of pattern.matchAll(TOKEN)) {
    if (groups.folders || groups.everything || groups.name || groups.one || groups.set !== undefined || groups.open)
      wildcards += 1;
    if (groups.folders) expression += '(?:.*/)?';
    else if (groups.everything) expression += '.+';
    else if (groups.name) expression += '[^/]*';
    else if (groups.one) expression += '[^/]';
    else if (groups.set !== undefined) {
      const set = characterSet(groups.set, groups.not !== '');
      if (set === null) return { ok: false, problem: `has the range \`[${groups.set}]\` the wrong way round` };
      expression += set;
    } else if (groups.open) {
      expression += '(?:';
      open += 1;
    } else if (groups.comma && open > 0) expression += '|';
    else if (groups.close && open > 0) {
      expression += ')';
      open -= 1;
    } else expression += RE2JS.quote(groups.escaped ?? groups.comma ?? groups.close ?? groups.literal ?? '');
  }
  if (open > 0) return { ok: false, problem: 'opens a `{` that it does not close' };
  if (wildcards > MAX_WILDCARDS) return { ok: false, problem: `has more than ${MAX_WILDCARDS} wildcards` };
  return { ok: true, expression: start + expression + below };
}

/** True for a path (from the root, with `/` between folders) that one of the patterns matches; a broken one matches nothing. */
export function globMatcher(globs: readonly string[]): (path: string) => boolean {
  // One by one: in one expression, the states of each pattern would multiply with those of the others.
  const patterns = globs
    .map(parseGlob)
    .flatMap((glob) => (glob.ok ? [RE2JS.compile(`^(?:${glob.expression})$`, RE2JS.DOTALL)] : []));
  return (path) => patterns.some((pattern) => pattern.test(path));
}

function characterSet(set: string, negated: boolean): string | null {
  let items = '';
  for (const [, from, to, single] of set.matchAll(/\\?(.)-\\?(.)|\\?(.)/gsu)) {
    if (from === undefined || to === undefined) items += classCharacter(single ?? '');
    else if (from > to) return null;
    else items += `${classCharacter(from)}-${classCharacter(to)}`;
  }
  return negated ? `[^/${items}]` : `[${items}]`;
}

function classCharacter(character: string): string {
  return /[\w\u0080-\u{10FFFF}]/u.test(character) ? character : `\\x{${character.codePointAt(0)?.toString(16)}}`;
}
