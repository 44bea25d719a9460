/** Judged findings and a policy become a verdict. Pure: the same input gives the same verdict, in the same order. */
import { withoutRandomWords } from '#domain/random-words.ts';
import type { RuleInfo } from '#domain/rule.ts';
import { atLeast, SEVERITIES, type Severity } from '#domain/severity.ts';
import { isGap } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { Coverage, JudgedFinding, Verdict } from '#domain/verdict.ts';
import type { Policy } from './effective.ts';
import { nearest } from './nearest.ts';
import {
  disabledNote,
  loosenedSeverityNote,
  type PolicyNote,
  refusedSuppressionsNote,
  unknownRuleNote,
} from './notes.ts';
import { POLICY_PATH } from './policy-file.ts';
import { waive } from './waivers.ts';

export interface Judgement {
  readonly policy: Policy;
  /** As the baseline left them: with a state, and none of them blocking. */
  readonly judged: readonly JudgedFinding[];
  readonly addedSuppressions: readonly Suppression[];
  readonly coverage: Coverage;
  readonly notes: readonly PolicyNote[];
  /** True when a policy file could not be used. */
  readonly broken: boolean;
  /** The rules that ran. */
  readonly rules: readonly RuleInfo[];
}

export function decide(judgement: Judgement): Verdict {
  const { policy, judged, addedSuppressions, coverage, broken, rules } = judgement;
  const notes = [...judgement.notes, ...ruleNameNotes(policy, rules), ...severityNotes(policy, rules)];

  const disabled = judged.filter(({ ruleId }) => policy.disabledRules.includes(ruleId));
  const left = disabled.filter(({ state }) => isFresh(state) || state === 'known');
  if (left.length > 0) notes.push(disabledNote(left.length, [...new Set(left.map(({ ruleId }) => ruleId))].toSorted()));

  const added = addedSuppressions.map((suppression) => refusedIfNew(suppression, policy));
  const refused = added.filter(({ problem }) => problem === 'refused');
  if (refused.length > 0) notes.push(refusedSuppressionsNote(refused.length));

  const findings = judged
    .filter(({ ruleId }) => !policy.disabledRules.includes(ruleId))
    .map((finding) => waive(finding, policy.waivers, POLICY_PATH))
    .map((finding) => ({ ...finding, severity: severityOf(finding, policy) }))
    .map((finding) => ({ ...finding, blocking: blocks(finding, policy) }))
    .toSorted(byWeight);
  const inState = (state: JudgedFinding['state']) => findings.filter((finding) => finding.state === state);

  const incomplete = broken || coverage.skipped.some((skipped) => skipped.side === 'head' && isGap(skipped));
  const blocking = findings.filter((finding) => finding.blocking);
  const passing = incomplete ? policy.incomplete : 'success';
  return {
    conclusion: blocking.length > 0 ? 'failure' : passing,
    blocking,
    advisory: findings.filter(({ state, blocking: blocks }) => isFresh(state) && !blocks),
    known: inState('known'),
    fixed: inState('fixed'),
    suppressed: inState('suppressed'),
    addedSuppressions: added,
    coverage,
    incomplete,
    // Files on the target branch are quoted in them, and may hold a secret where none belongs.
    notes: notes.map(({ sentence }) => withoutRandomWords(sentence)),
    rules: [...rules],
  };
}

function blocks({ state, severity }: JudgedFinding, { failOn }: Policy): boolean {
  return isFresh(state) && failOn !== 'never' && atLeast(severity, failOn);
}

/** What the change brought: at its head, or in an earlier commit of it. */
function isFresh(state: JudgedFinding['state']): boolean {
  return state === 'new' || state === 'history';
}

function severityOf({ ruleId, severity }: JudgedFinding, policy: Policy): Severity {
  const set = own(policy.severity, ruleId) ?? severity;
  const minimum = own(policy.minimumSeverity, ruleId);
  return minimum !== undefined && atLeast(minimum, set) ? minimum : set;
}

/** The baseline has let its findings stand as new; here it gets the reason that people read. */
function refusedIfNew(suppression: Suppression, { newSuppressions }: Policy): Suppression {
  return newSuppressions === 'refuse' && suppression.problem === null
    ? { ...suppression, problem: 'refused' }
    : suppression;
}

function ruleNameNotes(policy: Policy, rules: readonly RuleInfo[]): PolicyNote[] {
  const ids = rules.map(({ id }) => id);
  const known = new Set(ids);
  const named = [
    ...policy.disabledRules.map((id) => ({ key: 'rules.disable', id })),
    ...Object.keys({ ...policy.severity, ...policy.minimumSeverity }).map((id) => ({ key: 'rules.severity', id })),
  ];
  return named.filter(({ id }) => !known.has(id)).map(({ key, id }) => unknownRuleNote(key, id, nearest(id, ids)));
}

function severityNotes(policy: Policy, rules: readonly RuleInfo[]): PolicyNote[] {
  return rules.flatMap(({ id, severity }) => {
    const minimum = own(policy.minimumSeverity, id);
    if (minimum === undefined || atLeast(minimum, severity)) return [];
    return [loosenedSeverityNote(id, minimum, severity)];
  });
}

/** A rule may be called `constructor`. */
function own(record: Readonly<Record<string, Severity>>, key: string): Severity | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** The worst first, then as the files stand. */
function byWeight(a: JudgedFinding, b: JudgedFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareText(a.location.path, b.location.path) ||
    a.location.startLine - b.location.startLine ||
    a.location.startColumn - b.location.startColumn ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
