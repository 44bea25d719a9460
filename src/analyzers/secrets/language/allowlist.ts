/** What a rule's author knows to be no secret: placeholders, documented examples, files that hold none. */
import type { Expression } from '#analyzers/secrets/expression/expression.ts';

export interface Allowlist {
  /** Rule ids that a global list is for; empty: every rule of its file. */
  readonly targetRules: readonly string[];
  readonly condition: 'OR' | 'AND';
  /** In a global list for every rule Gitleaks lets the path decide alone, whatever the condition. */
  readonly pathDecides: boolean;
  readonly regexTarget: 'secret' | 'match' | 'line';
  readonly regexes: readonly Expression[];
  readonly paths: readonly Expression[];
  /** Full ids in lower case. What stands at the head has no commit, so that there none of them is met. */
  readonly commits: readonly string[];
  /** Lower case; a secret that holds one of them is allowed. An empty one is in none. */
  readonly stopwords: readonly string[];
}

/** What a match shows to an allowlist. */
export interface Evidence {
  readonly path: string;
  readonly secret: string;
  readonly match: string;
  /** Whether one of the expressions is met by the lines of the match. */
  readonly onLines: (expressions: readonly Expression[]) => boolean;
  /** Of a text from an earlier commit. */
  readonly commit: string | undefined;
}

/** The checks that a list does not have do not count: neither for OR nor for AND. */
export function allows(list: Allowlist, evidence: Evidence): boolean {
  const checks: (() => boolean)[] = [];
  const { commit } = evidence;
  if (list.commits.length > 0) checks.push(() => commit !== undefined && list.commits.includes(commit));
  if (list.paths.length > 0) checks.push(() => list.paths.some(({ re }) => re.test(evidence.path)));
  if (list.regexes.length > 0) {
    checks.push(() => {
      if (list.regexTarget === 'line') return evidence.onLines(list.regexes);
      const text = evidence[list.regexTarget];
      // An empty secret is never met, even by `^$`.
      return text !== '' && list.regexes.some(({ re }) => re.test(text));
    });
  }
  if (list.stopwords.length > 0) {
    checks.push(() => {
      const lowered = evidence.secret.toLowerCase();
      return list.stopwords.some((word) => word !== '' && lowered.includes(word));
    });
  }
  if (checks.length === 0) return false;
  return list.condition === 'AND' ? checks.every((check) => check()) : checks.some((check) => check());
}

/** True when the path alone settles it, so that the text need not be read. */
export function allowsPath(list: Allowlist, path: string): boolean {
  const others = list.regexes.length + list.stopwords.length + list.commits.length;
  const alone = list.condition === 'OR' || others === 0 || list.pathDecides;
  return alone && list.paths.some(({ re }) => re.test(path));
}
