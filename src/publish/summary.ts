/** The body of a concluded check run: the verdict first, then what to do about it, then what was read. */
import type { RuleInfo } from '#domain/rule.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import { gapCount, skippedByReason } from './coverage.ts';
import {
  COVERAGE_HEADER,
  countsTable,
  coverageRow,
  coverageSentence,
  cutFindings,
  cutItems,
  fixedItem,
  HEADINGS,
  howToAttest,
  howToSuppress,
  knownItem,
  knownSummary,
  type Links,
  morePlaces,
  noteLine,
  placeItem,
  ruleIntroduction,
  suppressionItem,
  unannotated,
  verdictSentence,
  waivedItem,
} from './words.ts';
import { takesComment } from './words-accept.ts';
import { HISTORY_INTRODUCTION } from './words-history.ts';

/** "Maximum: 65535 characters" (Checks API, output.summary). Counted in bytes here, which is never less. */
const MAX_SUMMARY = 65_535;

/** Bytes that each part may take at most; what they leave is for the new findings. */
const SHARES = {
  waived: 4_000,
  history: 15_000,
  notes: 10_000,
  suppressions: 8_000,
  fixed: 5_000,
  known: 3_000,
  coverage: 14_000,
} as const;
const MAX_PLACES_PER_RULE = 20;

export interface SummaryContext extends Links {
  readonly failOn?: string;
  /** How many of the head's new findings are annotated. */
  readonly annotated: number;
}

export function renderSummary(verdict: Verdict, context: SummaryContext): string {
  const { blocking, advisory, fixed, addedSuppressions, coverage } = verdict;
  const all = [...blocking, ...advisory];
  const fresh = all.filter(({ state }) => state !== 'history');
  const past = all.filter(({ state }) => state === 'history');
  const example = fresh.findLast(takesComment);
  const waived = verdict.suppressed.filter(({ suppression }) => suppression?.marker === 'waivers');
  const before = [
    verdictSentence(verdict, gapCount(coverage.skipped), context.failOn),
    pack(verdict.notes.map(noteLine), SHARES.notes, (left) => noteLine(cutItems(left)), '\n>\n'),
    coverage.changed > 0 ? countsTable(verdict) : '',
  ];
  const after = [
    section(
      HEADINGS.waived,
      waived.map((one) => waivedItem(one, context)),
      SHARES.waived,
    ),
    section(
      HEADINGS.suppressions,
      addedSuppressions.map((one) => suppressionItem(one, context)),
      SHARES.suppressions,
    ),
    section(
      HEADINGS.fixed,
      fixed.map((one) => fixedItem(one, context)),
      SHARES.fixed,
    ),
    coverage.changed > 0 ? coverageSection(verdict) : '',
    knownSection(verdict.known),
    example === undefined
      ? ''
      : howToSuppress(
          example.ruleId,
          fresh.some(({ location }) => location.entry !== undefined),
        ),
  ];
  const attest = howToAttest(all);
  const room = MAX_SUMMARY - bytes(join([...before, attest, ...after])) - bytes('\n\n');
  const { annotated } = context;
  const heads = [HEADINGS.findings, ...(annotated < fresh.length ? [unannotated(fresh.length, annotated)] : [])];
  const history = findingsSection(past, verdict.rules, context, {
    heading: [HEADINGS.history, HISTORY_INTRODUCTION],
    room: fresh.length === 0 ? room : Math.min(room, SHARES.history),
  });
  const left = room - bytes(`${history}\n\n`);
  const findings = findingsSection(fresh, verdict.rules, context, { heading: heads, room: left });
  return join([...before, findings, history, attest, ...after]);
}

function findingsSection(
  findings: readonly JudgedFinding[],
  rules: readonly RuleInfo[],
  context: SummaryContext,
  { heading, room }: { readonly heading: readonly string[]; readonly room: number },
): string {
  if (findings.length === 0) return '';
  const lines = [`${heading.join('\n\n')}\n`];
  const cut = (left: number) => `\n${cutFindings(left, context)}`;
  let left = room - bytes(`${lines[0]}\n${cut(findings.length)}`);
  let listed = 0;
  const take = (text: string, findingsInIt: number): boolean => {
    left -= bytes(`${text}\n`);
    if (left < 0) return false;
    lines.push(text);
    listed += findingsInIt;
    return true;
  };
  fill: for (const group of byRule(findings)) {
    const rule = rules.find(({ id }) => id === group[0]!.ruleId);
    const [first, ...others] = group.slice(0, MAX_PLACES_PER_RULE).map((finding) => placeItem(finding, context));
    if (!take(`${lines.length > 1 ? '\n' : ''}${ruleIntroduction(group, rule)}\n${first}`, 1)) break;
    for (const item of others) if (!take(item, 1)) break fill;
    const more = group.length - MAX_PLACES_PER_RULE;
    if (more > 0 && !take(morePlaces(more), more)) break;
  }
  if (listed < findings.length) lines.push(cut(findings.length - listed));
  return lines.join('\n');
}

/** The findings come the worst first, and so do their rules. */
function byRule(findings: readonly JudgedFinding[]): JudgedFinding[][] {
  return [...Map.groupBy(findings, ({ ruleId }) => ruleId).values()];
}

function coverageSection({ coverage }: Verdict): string {
  const sentence = `${HEADINGS.coverage}\n\n${coverageSentence(coverage.analysed, coverage.changed)}`;
  const reasons = skippedByReason(coverage.skipped);
  if (reasons.length === 0) return sentence;
  const rows = reasons.map(({ reason, files }) => coverageRow(reason, files));
  return `${sentence}\n\n${COVERAGE_HEADER}\n${pack(rows, SHARES.coverage, (left) => `\n${cutItems(left)}`, '\n')}`;
}

function knownSection(known: readonly JudgedFinding[]): string {
  if (known.length === 0) return '';
  const items = byRule(known).map((group) =>
    knownItem(group[0]!.ruleId, group.length, new Set(group.map(({ location }) => location.path)).size),
  );
  const list = pack(items, SHARES.known, cutItems, '\n');
  return `<details><summary>${knownSummary(known.length)}</summary>\n\n${list}\n\n</details>`;
}

function section(heading: string, items: readonly string[], share: number): string {
  return items.length === 0 ? '' : `${heading}\n\n${pack(items, share, cutItems, '\n')}`;
}

/** As many items as there is room for, and then how many there was none for. */
function pack(items: readonly string[], share: number, cut: (left: number) => string, separator: string): string {
  let used = 0;
  const kept = items.findIndex((item) => {
    used += bytes(item + separator);
    return used > share;
  });
  return kept === -1 ? items.join(separator) : [...items.slice(0, kept), cut(items.length - kept)].join(separator);
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
