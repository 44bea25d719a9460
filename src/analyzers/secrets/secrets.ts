/** The secrets analyzer: credentials in any text, found by Gitleaks rules; no clear text leaves this folder. */
import { createHmac } from 'node:crypto';
import type { Analysis, Analyzer, Budget } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import type { RuleFile } from '#domain/rule.ts';
import { findersOf } from './also-found.ts';
import { findSecrets } from './decode/find-secrets.ts';
import { MAX_GUNZIPPED } from './decode/gzip.ts';
import { type Candidate, detect } from './detect.ts';
import { evidenceOf } from './evidence.ts';
import { excerptOf, type Range } from './excerpt.ts';
import { programOf } from './expression/program.ts';
import { keywordReach } from './keywords/keyword-reach.ts';
import { buildKeywordIndex } from './keywords/keywords.ts';
import { anywhere, type StartList, startsBefore } from './keywords/starts.ts';
import { allowsPath } from './language/allowlist.ts';
import type { SecretRule } from './language/rule.ts';
import { type ReadExtended, readRules } from './language/rule-config.ts';
import { redact } from './redact.ts';
import { withCompanions } from './required.ts';
import { seal } from './seal.ts';
import { createShortened, type Shortened } from './shortened.ts';

export interface SecretsOptions {
  /** Keys the hash under which a secret is remembered: without it nobody can try guesses against a stored identity. */
  readonly fingerprintKey: Uint8Array | string;
  /** Files that a configuration may extend by their path. */
  readonly readExtended?: ReadExtended;
  /** Whether the last of the files may change or disable rules of the others. Default: true. */
  readonly mayLoosen?: boolean;
}

/** `files` are Gitleaks configurations (TOML), in order; how they come together says `rule-config`. */
export async function createSecretsAnalyzer(files: readonly RuleFile[], options: SecretsOptions): Promise<Analyzer> {
  const { rules, problems } = readRules(files, options);
  const rulesById = new Map(rules.map((rule) => [rule.info.id, rule]));
  const findStarts = createStartFinder(rules);

  function search(part: Part, budget: Budget, shortened: Shortened): Found {
    const starts = findStarts(part.text, (rule) => isAbout(rule, part), budget);
    const candidates = rules.flatMap((rule, index) => {
      const list = starts[index];
      if (list === undefined || rule.expression === null || budget.expired()) return [];
      return detect(rule, rule.expression, part, list.starts, budget, shortened);
    });
    return {
      candidates: withCompanions(candidates, rulesById, part, budget, shortened),
      named: rules.filter((rule, index) => rule.expression === null && starts[index] !== undefined),
    };
  }

  function identify(secret: string): string {
    return createHmac('sha256', options.fingerprintKey).update(secret).digest('hex').slice(0, 32);
  }

  return {
    name: 'secrets',
    // A rule that only supports others reports nothing.
    rules: rules.filter((rule) => !rule.skipReport).map((rule) => rule.info),
    problems,
    accepts: () => true,
    analyze(part, budget) {
      const shortened = createShortened(budget);
      const { candidates, named } = search(part, budget, shortened);
      const again = (text: string) => search({ ...part, text }, budget, shortened).candidates;
      const tooLarge: number[] = [];
      const secrets = findSecrets(part.text, candidates, again, budget, (offset) => tooLarge.push(offset));
      const hidden = union([...candidates, ...secrets]);
      const finders = findersOf(secrets, candidates, part.text);
      const found = secrets.map((one): Match => {
        const { rule, start, end, clear } = one;
        const prefix = rule.publicPrefixes.find((known) => clear.startsWith(known)) ?? '';
        const excerpt = excerptOf(part.text, { start, end }, redact(clear, prefix), hidden);
        const evidence = evidenceOf(one, finders.get(one), part);
        const secret = seal(clear, part.text.slice(start, end));
        return { ...describe(rule), start, end, identity: identify(clear), excerpt, secret, evidence };
      });
      const files = named.map(
        (rule): Match => ({ ...describe(rule), start: 0, end: 0, identity: identify(rule.info.id), excerpt: '' }),
      );
      return { matches: [...files, ...found], ...shortened.words(), ...unreadWords(part, tooLarge) };
    },
  };
}

/** The first is told with its place. */
function unreadWords({ locate }: Part, [first, ...others]: readonly number[]): Pick<Analysis, 'unread'> {
  if (first === undefined) return {};
  const { line, entry } = locate(first);
  const where = entry === undefined ? `line ${line}` : `line ${entry.line} of an entry`;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return { unread: `what stands under base64 on ${where} unpacks to more than ${MAX_GUNZIPPED} bytes${more}` };
}

function isAbout(rule: SecretRule, { path, named }: Part): boolean {
  return (
    !rule.skipReport &&
    (rule.expression !== null || named === true) &&
    (rule.path === null || rule.path.re.test(path)) &&
    !rule.allowlists.some((list) => allowsPath(list, path))
  );
}

interface Found {
  readonly candidates: readonly Candidate[];
  /** Rules without an expression find the file itself. */
  readonly named: readonly SecretRule[];
}

/** For each rule that applies, where its matches may begin; undefined where none of its keywords occurs. */
function createStartFinder(rules: readonly SecretRule[]) {
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
  const startsFor = rules.map((rule) => once(() => startsOf(rule)));

  // Most rules' keywords do not occur: whether a rule is about the file is asked for the others only.
  return (text: string, isAbout: (rule: SecretRule) => boolean, budget: Budget): (StartList | undefined)[] => {
    const lists: (StartList | undefined)[] = rules.map((rule) =>
      (text !== '' || rule.expression === null) && rule.keywords.length === 0 && isAbout(rule)
        ? anywhere(text)
        : undefined,
    );
    const idle = new Set<number>();
    index.scan(text, (keyword, start, end) => {
      for (const at of rulesOf[keyword]!) {
        const rule = rules[at]!;
        if (lists[at] === undefined) {
          if (idle.has(at)) continue;
          // To work out how far a rule reaches takes time, too, and there may be thousands of a team's.
          if (!isAbout(rule) || budget.expired()) {
            idle.add(at);
            continue;
          }
          lists[at] = startsFor[at]!()(text);
        }
        lists[at].add(start, end);
      }
    });
    return lists;
  };
}

/** Gitleaks asks for a keyword anywhere in the text: only where every match holds one it has to begin before one. */
function startsOf({ expression, keywords }: SecretRule): (text: string) => StartList {
  const reach = expression === null ? null : keywordReach(programOf(expression.re), keywords);
  return reach === null ? anywhere : (text) => startsBefore(text, reach);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function describe(rule: SecretRule) {
  const { id, severity, confidence, message } = rule.info;
  return { ruleId: id, severity, confidence, message, scope: '' };
}

/** The stretches that hold secrets, those of losing detectors too: sorted, overlaps merged. */
function union(candidates: readonly Range[]): Range[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of candidates.toSorted((a, b) => a.start - b.start)) {
    const last = ranges.at(-1);
    if (last !== undefined && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}
