/** Judges every finding against the other side of the change: new, known, fixed or suppressed. Drops nothing. */
import type { Finding } from '#domain/finding.ts';
import type { InspectedFile } from '#domain/inspection.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Skipped } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { createCovers } from './covers.ts';
import { createAllowances } from './gitleaks-allow.ts';
import type { IgnoredBy } from './gitleaks-ignore.ts';
import { createWaivers } from './nosemgrep.ts';
import { suppressionFindings, suppressionIdentity } from './suppression-findings.ts';

export interface CompareOptions {
  /** Suppressions that the change itself adds do not count, and older ones only for what they stood for. */
  readonly refuseNew: boolean;
  /** There is no change, and no other side: everything counts as being there before. */
  readonly wholeTree?: boolean;
  /** What the base commit's `.gitleaksignore` says of a finding. */
  readonly ignoredBy?: IgnoredBy;
  /** The rules that ran. */
  readonly rules?: readonly RuleInfo[];
  /** What of the change never came to be inspected: nothing in such a file counts as fixed. */
  readonly skipped?: readonly Skipped[];
}

export interface Judged {
  /** File by file, the head's findings in their order and then what was fixed. `blocking` is left to the policy. */
  readonly judged: readonly JudgedFinding[];
  /** Also old ones that now cover something new: for that, this change put them there. */
  readonly addedSuppressions: readonly Suppression[];
}

/** A file on its way: findings of the base that have no partner yet, and the head's with theirs. */
interface Candidate {
  readonly file: InspectedFile;
  readonly unmatched: Set<Finding>;
  readonly head: readonly Finding[];
  readonly known: Set<Finding>;
}

/**
 * Each finding of the base excuses one of the head with the same fingerprint: in the same file (or the one that it was
 * renamed from), or where code was moved to another changed file, for which the fingerprint must say enough: a secret, or
 * code in a named definition. An effective suppression goes before known and new: both would say less.
 */
export function compare(files: readonly InspectedFile[], options: CompareOptions): Judged {
  const candidates = files.map(toCandidate);
  for (const { head, unmatched, known } of candidates) {
    // A copy of a secret is another line: the one that reads as before is the one that was there.
    pair(head, unmatched, known, ({ fingerprint, ruleId, excerpt }) => JSON.stringify([fingerprint, ruleId, excerpt]));
    pair(head, unmatched, known, ({ fingerprint }) => fingerprint);
  }
  pairMoved(candidates);
  const judgements = candidates.map((candidate) => judge(candidate, options));
  return {
    judged: judgements.flatMap(({ judged }) => judged),
    addedSuppressions: judgements.flatMap(({ added }) => added),
  };
}

function toCandidate(file: InspectedFile): Candidate {
  const { base, head } = file;
  return {
    file,
    unmatched: new Set([...base.findings, ...suppressionFindings(base.suppressions)]),
    head: [...head.findings, ...suppressionFindings(head.suppressions)],
    known: new Set(),
  };
}

/** Moves what matches from `unmatched` to `known`, one to one. */
function pair(
  head: readonly Finding[],
  unmatched: Set<Finding>,
  known: Set<Finding>,
  keyOf: (finding: Finding) => string,
): void {
  const waiting = Map.groupBy(unmatched, keyOf);
  for (const finding of head) {
    const partner = known.has(finding) ? undefined : waiting.get(keyOf(finding))?.shift();
    if (partner === undefined) continue;
    unmatched.delete(partner);
    known.add(finding);
  }
}

function pairMoved(candidates: readonly Candidate[]): void {
  const waiting = new Map<string, { finding: Finding; from: Candidate }[]>();
  for (const from of candidates)
    for (const finding of from.unmatched) {
      if (!isTelling(finding)) continue;
      const list = waiting.get(finding.fingerprint);
      if (list === undefined) waiting.set(finding.fingerprint, [{ finding, from }]);
      else list.push({ finding, from });
    }
  for (const { head, known } of candidates)
    for (const finding of head) {
      const partner = known.has(finding) ? undefined : waiting.get(finding.fingerprint)?.shift();
      if (partner === undefined) continue;
      partner.from.unmatched.delete(partner.finding);
      known.add(finding);
    }
}

function isTelling({ analyzer, scope }: Finding): boolean {
  return analyzer === 'secrets' || scope !== '';
}

interface Judgement {
  readonly judged: readonly JudgedFinding[];
  readonly added: readonly Suppression[];
}

/**
 * Refused, an old suppression still excuses what it may have stood for, and nothing that is new. Semgrep's comments say
 * neither why nor until when: they count for what was there before, and for what is new only where they say both. Gitleaks'
 * comment on a secret's line counts as it stands, unless the policy refuses it for what is new.
 */
function judge({ file, unmatched, head, known }: Candidate, options: CompareOptions): Judgement {
  const { base, head: after } = file;
  const own = after.suppressions.filter(({ marker }) => marker !== 'nosemgrep' && marker !== 'gitleaks:allow');
  const coverOf = createCovers(own, options.rules ?? []);
  const stretched = new Set(head.filter((finding) => !known.has(finding)).map(coverOf));
  const inPlace = own.filter((suppression) => !stretched.has(suppression));
  const fresh = unequal(base.suppressions, [...inPlace, ...own.filter((one) => stretched.has(one))]);
  const old = createCovers(
    own.filter((suppression) => !fresh.has(suppression)),
    options.rules ?? [],
  );
  const semgrepWaiverOf = createWaivers(after.suppressions);
  const allowanceOf = createAllowances(after.suppressions);
  const waiverOf = (finding: Finding) => semgrepWaiverOf(finding) ?? allowanceOf(finding);
  const waivers = new Set(head.filter((finding) => !known.has(finding)).map(waiverOf));
  const wasThere = (finding: Finding) => options.wholeTree === true || known.has(finding);
  const suppressionOf = (finding: Finding): Suppression | undefined => {
    const covering = !options.refuseNew ? coverOf(finding) : known.has(finding) ? old(finding) : undefined;
    if (covering !== undefined) return covering;
    const ignored = options.ignoredBy?.(finding, wasThere(finding));
    if (ignored !== undefined) return ignored;
    const waiver = waiverOf(finding);
    if (waiver === undefined || wasThere(finding)) return waiver && { ...waiver, problem: null };
    return waiver.problem === null && !options.refuseNew ? waiver : undefined;
  };
  const judged = head.map((finding): JudgedFinding => {
    const suppression = suppressionOf(finding);
    if (suppression !== undefined) return { ...finding, state: 'suppressed', blocking: false, suppression };
    return { ...finding, state: known.has(finding) ? 'known' : 'new', blocking: false };
  });
  const unread = unreadAnalyzers(file, options.skipped ?? []);
  const fixed = [...unmatched].filter(({ analyzer }) => !unread.has(null) && !unread.has(analyzer));
  return {
    judged: [...judged, ...fixed.map((finding): JudgedFinding => ({ ...finding, state: 'fixed', blocking: false }))],
    added: after.suppressions.filter((one) => stretched.has(one) || fresh.has(one) || waivers.has(one)),
  };
}

/** The analyzers that did not read all of the head; null stands for all of them. */
function unreadAnalyzers({ path, head }: InspectedFile, skipped: readonly Skipped[]): Set<string | null> {
  const missing = skipped.filter((skip) => skip.side === 'head' && skip.path === path);
  return new Set([...head.skipped, ...missing].map(({ analyzer }) => analyzer));
}

/** Those of the head that have no equal on the base side, one to one; the first of the head go first. */
function unequal(base: readonly Suppression[], head: readonly Suppression[]): Set<Suppression> {
  const waiting = new Map<string, number>();
  for (const suppression of base) {
    const identity = suppressionIdentity(suppression);
    waiting.set(identity, (waiting.get(identity) ?? 0) + 1);
  }
  const left = head.filter((suppression) => {
    const identity = suppressionIdentity(suppression);
    const count = waiting.get(identity) ?? 0;
    waiting.set(identity, count - 1);
    return count <= 0;
  });
  return new Set(left);
}
