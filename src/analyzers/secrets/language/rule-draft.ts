/** A rule as one file writes it: complete, or a change to a rule of the configuration that the file extends. */

import type { Expression } from '#analyzers/secrets/expression/expression.ts';
import type { RuleProblem } from '#domain/rule.ts';
import type { Allowlist } from './allowlist.ts';
import type { SecretRule } from './rule.ts';
import type { RuleTable } from './rule-schema.ts';
import { readTags } from './rule-tags.ts';

export interface RuleDraft {
  readonly table: RuleTable;
  /** The file. */
  readonly source: string;
  readonly expression: Expression | null;
  readonly path: Expression | null;
  readonly allowlists: readonly Allowlist[];
  /** A problem at one of its keys. */
  readonly problem: (key: string, message: string, kind?: RuleProblem['kind']) => RuleProblem;
}

/** `change` replaces what it says, and adds its tags, keywords and allowlists. What it requires and reports stays as it was. */
export function changeDraft(draft: RuleDraft, change: RuleDraft): RuleDraft {
  const { table } = draft;
  const { description, entropy, secretGroup, tags, keywords } = change.table;
  return {
    ...draft,
    problem: change.problem,
    source: change.source,
    expression: change.expression ?? draft.expression,
    path: change.path ?? draft.path,
    allowlists: [...draft.allowlists, ...change.allowlists],
    table: {
      ...table,
      description: description || table.description,
      entropy: entropy === 0 ? table.entropy : entropy,
      secretGroup: secretGroup === 0 ? table.secretGroup : secretGroup,
      // Readers of tags take the first of a kind.
      tags: [...new Set([...tags, ...table.tags])],
      keywords: [...new Set([...table.keywords, ...keywords])],
    },
  };
}

/** The detector, null where it lacks something to be one. */
export function completeDraft(draft: RuleDraft): { rule: SecretRule | null; problems: RuleProblem[] } {
  const { table, expression, path, source, problem } = draft;
  const problems: RuleProblem[] = [];
  const wrong = (key: string, message: string): void => void problems.push(problem(key, message));
  if (expression === null && path === null) wrong('id', 'a rule needs "regex", "path" or both');
  if (expression !== null && table.secretGroup > 0 && table.secretGroup > expression.groups) {
    wrong('secretGroup', `"secretGroup": the expression has ${expression.groups} groups, not ${table.secretGroup}`);
  }
  const tags = readTags(table.tags);
  const doubts = tags.problems.map((message) => problem('tags', message, 'doubtful'));
  if (problems.length > 0) return { rule: null, problems: [...problems, ...doubts] };

  const { severity, confidence, cwe, references, publicPrefixes, revoke } = tags;
  const message = table.description?.trim() || UNDESCRIBED;
  const rule: SecretRule = {
    info: {
      id: table.id,
      analyzer: 'secrets',
      severity,
      confidence,
      message,
      cwe,
      references,
      ...(revoke === null ? {} : { revoke }),
      source,
    },
    expression,
    secretGroup: table.secretGroup,
    entropy: table.entropy,
    path,
    keywords: table.keywords,
    allowlists: draft.allowlists,
    required: table.required.map(({ id, withinLines = null, withinColumns = null }) => ({
      id,
      withinLines,
      withinColumns,
    })),
    skipReport: table.skipReport,
    publicPrefixes,
  };
  return { rule, problems: doubts };
}

const UNDESCRIBED =
  'This looks like a credential. Whoever can read the repository can use it: revoke it where it was issued, and load its successor from the environment or a secret store.';
