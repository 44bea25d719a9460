/** The secrets analyzer: credentials in any text, found by Gitleaks rules; no clear text leaves this folder. */
import { createHmac } from 'node:crypto';
import type { Analyzer, Budget } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import type { RuleFile } from '#domain/rule.ts';
import { allowsPath } from './allowlist.ts';
import { type Candidate, detect } from './detect.ts';
import { excerptOf, type Range } from './excerpt.ts';
import { buildKeywordIndex } from './keywords.ts';
import { mostSpecific } from './most-specific.ts';
import { redact } from './redact.ts';
import type { SecretRule } from './rule.ts';
import { parseRuleFile } from './rule-file.ts';
import { BLOCK_REACH, createWindows, LINE_REACH, type WindowList } from './windows.ts';

export interface SecretsOptions {
  /** Keys the hash under which a secret is remembered: without it nobody can try guesses against a stored identity. */
  readonly fingerprintKey: Uint8Array | string;
}

/** `files` are Gitleaks configurations (TOML). A rule replaces one with the same id from an earlier file. */
export async function createSecretsAnalyzer(files: readonly RuleFile[], options: SecretsOptions): Promise<Analyzer> {
  const parsed = files.map(parseRuleFile);
  const rules = [...new Map(parsed.flatMap((file) => file.rules.map((rule) => [rule.info.id, rule]))).values()];
  const findWindows = createWindowFinder(rules);

  function findCandidates(part: Part, budget: Budget): Candidate[] {
    const applicable = rules.map(
      (rule) =>
        rule.expression !== null &&
        (rule.path === null || rule.path.re.test(part.path)) &&
        !rule.allowlists.some((list) => allowsPath(list, part.path)),
    );
    const windows = findWindows(part.text, applicable);
    return rules.flatMap((rule, index) => {
      const list = windows[index];
      if (list === undefined || rule.expression === null || budget.expired()) return [];
      return detect(rule, rule.expression, part, list.windows, budget);
    });
  }

  function identify(secret: string): string {
    return createHmac('sha256', options.fingerprintKey).update(secret).digest('hex').slice(0, 32);
  }

  return {
    name: 'secrets',
    rules: rules.map((rule) => rule.info),
    problems: parsed.flatMap((file) => file.problems),
    accepts: () => true,
    analyze(part, budget) {
      const candidates = findCandidates(part, budget);
      const secrets = union(candidates);
      const found = mostSpecific(candidates).map(({ rule, start, end }): Match => {
        const secret = part.text.slice(start, end);
        const prefix = rule.publicPrefixes.find((known) => secret.startsWith(known)) ?? '';
        const excerpt = excerptOf(part.text, { start, end }, redact(secret, prefix), secrets);
        return { ...describe(rule), start, end, identity: identify(secret), excerpt, secret: true };
      });
      const named = rules.filter(
        (rule) => rule.expression === null && part.kind === 'source' && isNamed(rule, part.path),
      );
      const files = named.map(
        (rule): Match => ({ ...describe(rule), start: 0, end: 0, identity: identify(rule.info.id), excerpt: '' }),
      );
      return { matches: [...files, ...found] };
    },
  };
}

/** For each rule that applies, the windows that it has to read; undefined where none of its keywords occurs. */
function createWindowFinder(rules: readonly SecretRule[]) {
  const readers = new Map<string, number[]>();
  rules.forEach((rule, index) => {
    for (const keyword of rule.keywords) {
      const key = keyword.toLowerCase();
      readers.set(key, [...(readers.get(key) ?? []), index]);
    }
  });
  const keywords = [...readers.keys()];
  const rulesOf = [...readers.values()];
  const index = buildKeywordIndex(keywords);

  return (text: string, applicable: readonly boolean[]): (WindowList | undefined)[] => {
    const lists: (WindowList | undefined)[] = rules.map((rule, at) =>
      applicable[at] && rule.keywords.length === 0 ? whole(text) : undefined,
    );
    index.scan(text, (keyword, start, end) => {
      for (const at of rulesOf[keyword]!) {
        if (!applicable[at]) continue;
        lists[at] ??= createWindows(text, rules[at]!.expression?.crossesLines ? BLOCK_REACH : LINE_REACH);
        lists[at].add(start, end);
      }
    });
    return lists;
  };
}

function whole(text: string): WindowList {
  return { windows: [{ from: 0, to: text.length }], add() {} };
}

function describe(rule: SecretRule) {
  const { id, severity, confidence, message } = rule.info;
  return { ruleId: id, severity, confidence, message, scope: '' };
}

/** A rule without an expression finds the file itself. */
function isNamed(rule: SecretRule, path: string): boolean {
  return rule.path?.re.test(path) === true && !rule.allowlists.some((list) => allowsPath(list, path));
}

/** The stretches that hold secrets, those of losing detectors too: sorted, overlaps merged. */
function union(candidates: readonly Candidate[]): Range[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of candidates.toSorted((a, b) => a.start - b.start)) {
    const last = ranges.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}
