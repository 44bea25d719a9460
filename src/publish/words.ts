/** What people read in a concluded check run, in Markdown. Text from the pull request goes in raw and comes out harmless. */
import type { Location } from '#domain/location.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Severity } from '#domain/severity.ts';
import { isGap, type Skipped, type SkipReason } from '#domain/skipped.ts';
import type { Suppression } from '#domain/suppression.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';
import {
  codeBlock,
  codeCell,
  codeSpan,
  markdownProse,
  markdownText,
  percentEncodedPath,
  shorten,
  trustedProse,
} from './escape.ts';
import { suppressionComment } from './words-accept.ts';
import { elsewhereSentences, evidencePhrase, MAX_NAMED_PLACES, revokePage, vendorPhrase } from './words-evidence.ts';
import { ATTEST_WHERE, attestation, freshNames, historyAdvice, textName } from './words-history.ts';
import { cellPhrase, innerPlace } from './words-places.ts';
import { count, SEVERITY_NAMES, suppressedNames } from './words-plain.ts';
import { SKIP_WORDS, SUPPRESSION_PROBLEM_WORDS } from './words-skips.ts';

/** The one name under which a branch protection rule knows the check. */
export const CHECK_NAME = 'Assay';

const MAX_PATH = 200;
const MAX_MESSAGE = 1_500;
const MAX_EXCERPT = 300;
const MAX_REASON = 300;
const MAX_NOTE = 800;
const MAX_RULE_ID = 120;
const MAX_REFERENCES = 3;
const MAX_FILES_PER_REASON = 10;

const DOTS: Readonly<Record<Severity, string>> = { critical: '🔴', high: '🟠', medium: '🟡', low: '🔵', info: '⚪' };

/** Where a person can open the files of a review. */
export interface Links {
  /** The repository's page, without a slash at the end. */
  readonly repoUrl: string;
  readonly head: string;
  readonly mergeBase: string;
}

/** One line: the list of checks shows it without anything else. */
export function verdictTitle({ blocking, advisory, coverage, incomplete }: Verdict, gaps: number): string {
  const { one, many } = freshNames([...blocking, ...advisory]);
  const missing = gaps > 0 ? `${count(gaps, 'file')} not analysed in full` : 'the policy file cannot be used';
  const tail = incomplete ? ` · ${missing}` : '';
  if (blocking.length > 0) {
    return `${count(blocking.length, `${one} blocks`, `${many} block`)} this merge${tail}`;
  }
  if (advisory.length > 0) return `${count(advisory.length, one, many)}, nothing that blocks${tail}`;
  if (coverage.changed === 0 && !incomplete) return 'Nothing to review';
  return `No new findings${tail}`;
}

export function countsTable({ blocking, advisory, known, fixed, suppressed }: Verdict): string {
  const cells = [blocking, advisory, known, fixed, suppressed].map((findings) =>
    findings.length.toLocaleString('en-US'),
  );
  const row = `| **${cells[0]}** | ${cells.slice(1).join(' | ')} |`;
  return `| New, blocking | New, not blocking | Known before | Fixed | Suppressed |\n|:-:|:-:|:-:|:-:|:-:|\n${row}`;
}

export function verdictSentence(verdict: Verdict, gaps: number, failOn: string | undefined): string {
  const { blocking, advisory, conclusion, incomplete, coverage } = verdict;
  const { one, many } = freshNames([...blocking, ...advisory]);
  const sentences: string[] = [];
  if (blocking.length > 0) {
    const bar = failOn === undefined ? '' : ` The policy blocks at ${failOn} severity and above.`;
    sentences.push(`**${count(blocking.length, `${one} blocks`, `${many} block`)} this merge.**${bar}`);
  } else if (advisory.length > 0) sentences.push(`**${count(advisory.length, one, many)}, and nothing that blocks.**`);
  else if (coverage.changed === 0) sentences.push('**This change touches no files.**');
  else sentences.push('**No new findings.**');
  if (gaps > 0) {
    sentences.push(
      `**The review is incomplete:** ${count(gaps, 'file')} could not be read, or not in full (see the end).`,
    );
  } else if (incomplete) sentences.push('**The review is incomplete:** the policy file cannot be used.');
  if (incomplete && blocking.length === 0) sentences.push(INCOMPLETE_WORDS[conclusion]);
  return sentences.join(' ');
}

const INCOMPLETE_WORDS: Readonly<Record<Verdict['conclusion'], string>> = {
  failure: 'The policy does not let an incomplete review pass.',
  neutral: 'That is neither a pass nor a failure; `incomplete: failure` in the policy would block here.',
  success: 'The policy lets an incomplete review pass.',
};

export function noteLine(note: string): string {
  return `> ⚠️ ${markdownProse(shorten(note, MAX_NOTE))}`;
}

/** The heading and the explanation of all findings of one rule; `findings` has at least one, the worst first. */
export function ruleIntroduction(findings: readonly JudgedFinding[], rule: RuleInfo | undefined): string {
  const [worst] = findings as [JudgedFinding];
  const blocks = findings.some(({ blocking }) => blocking) ? ' · blocks' : '';
  const heading = `#### ${DOTS[worst.severity]} ${SEVERITY_NAMES[worst.severity]} · ${ruleName(worst.ruleId)}${blocks}`;
  const more = rule === undefined ? '' : furtherReading(rule);
  const message = shorten(worst.message, MAX_MESSAGE);
  const prose = rule?.message === worst.message ? trustedProse(message) : markdownProse(message);
  const page = revokePage(worst, worst.message);
  const revoke = page === null ? '' : ` Revoke it at ${webLink(page)}.`;
  return `${heading}\n\n${prose}${revoke}${more}\n`;
}

function furtherReading({ cwe, references }: RuleInfo): string {
  const weaknesses = cwe.flatMap((name) => {
    const number = /^CWE-(\d{1,5})\b/i.exec(name)?.[1];
    return number === undefined ? [] : [`[CWE-${number}](https://cwe.mitre.org/data/definitions/${number}.html)`];
  });
  const pages = references.flatMap((reference) => {
    const link = webLink(reference);
    return link === '' ? [] : [link];
  });
  const all = [...weaknesses, ...pages].slice(0, MAX_REFERENCES);
  return all.length === 0 ? '' : ` More: ${all.join(', ')}.`;
}

/** A page by its host's name; empty for what is no https address. */
function webLink(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:') return '';
  const target = url.href.replace(/[()<>\\]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return `[${markdownText(url.hostname)}](${target})`;
}

/** One place of a finding, as an item of a list. */
export function placeItem(finding: JudgedFinding, links: Links): string {
  const { location, excerpt } = finding;
  const inner = innerPlace(location);
  const cell = inner === null ? '' : ` · ${markdownText(inner)}`;
  const why = evidencePhrase(finding);
  const head = `- ${place(location, links.repoUrl, links.head)}${cell}`;
  const shown = shorten(excerpt, MAX_EXCERPT);
  const code = shown.trim().includes('\n') ? `\n${codeBlock(shown, '  ')}` : ` · ${codeSpan(shown.trim())}`;
  const elsewhere = elsewhereSentences(finding, (places) => placeList(places, links)).map(
    ({ words, places }) => `\n  - ${words} ${places}`,
  );
  const vendor = vendorPhrase(finding);
  const bold = finding.evidence?.verified?.answer === 'active' ? '**' : '';
  const advice = finding.state === 'history' ? null : historyAdvice(finding);
  return [
    head,
    shown.trim() === '' ? '' : code,
    why === null ? '' : ` · ${markdownText(why)}`,
    vendor === null ? '' : ` · ${bold}${markdownText(vendor)}${bold}`,
    ...elsewhere,
    advice === null ? '' : `\n  - ${trustedProse(advice)}`,
  ].join('');
}

function placeList(places: readonly Location[], links: Links): string {
  const named = places.slice(0, MAX_NAMED_PLACES).map((one) => {
    const inner = innerPlace(one);
    const cell = inner === null ? '' : ` (${markdownText(inner)})`;
    return `${place(one, links.repoUrl, links.head)}${cell}`;
  });
  const more = places.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${count(more, 'more place', 'more places')}` : ''}`;
}

export function fixedItem({ ruleId, location }: JudgedFinding, links: Links): string {
  return `- ✅ ${ruleName(ruleId)} · was at ${place(location, links.repoUrl, links.mergeBase)}`;
}

export function knownItem(ruleId: string, findings: number, files: number): string {
  return `- ${ruleName(ruleId)}: ${count(findings, 'finding')} in ${count(files, 'file')}`;
}

export function suppressionItem(suppression: Suppression, links: Links): string {
  const { location, reason, until, problem } = suppression;
  const named = suppressedNames(suppression);
  const names = named.length === 0 ? 'no rule' : named.slice(0, 10).map(ruleName).join(', ');
  const where = `${names} at ${place(location, links.repoUrl, links.head)}`;
  const cell = location.cell === undefined ? '' : ` (${markdownText(cellPhrase(location.cell))})`;
  const day = until === '' ? '' : `, until ${markdownText(shorten(until, 40))}`;
  const why = reason === '' ? '' : `: “${markdownText(shorten(reason, MAX_REASON))}”`;
  if (problem === null) return `- ☑️ ${where}${cell}${day}${why}`;
  return `- ❌ ${where}${cell}${day}${why}. **Does not count:** ${SUPPRESSION_PROBLEM_WORDS[problem]}.`;
}

export function coverageSentence(analysed: number, changed: number): string {
  return `Analysed ${analysed.toLocaleString('en-US')} of ${count(changed, 'changed file')}.`;
}

export const COVERAGE_HEADER = '| Not analysed, or not in full | Files | Which |\n|:--|--:|:--|';

/** `skipped` are all of one reason, one for each file. */
export function coverageRow(reason: SkipReason, skipped: readonly Skipped[]): string {
  const sign = skipped.some((one) => one.side === 'head' && isGap(one)) ? '⚠️ ' : '';
  const files = skipped.slice(0, MAX_FILES_PER_REASON).map(({ path, detail, side }) => {
    const facts = [...(side === 'base' ? ['before the change'] : []), ...(detail === '' ? [] : [shorten(detail, 120)])];
    return `${codeCell(shorten(path, MAX_PATH))}${facts.length === 0 ? '' : ` (${markdownText(facts.join(', '))})`}`;
  });
  const more = skipped.length - files.length;
  const listed = [...files, ...(more > 0 ? [`and ${count(more, 'more', 'more')}`] : [])].join('<br>');
  return `| ${sign}${SKIP_WORDS[reason]} | ${skipped.length.toLocaleString('en-US')} | ${listed} |`;
}

/** How to accept a finding; `ruleId` serves as the example. `inArchive`: one of them is a secret in an archive. */
export function howToSuppress(ruleId: string, inArchive: boolean): string {
  return [
    '<details><summary>How to accept a finding</summary>',
    '',
    'Write on its line, or on the line above (in a notebook: in its cell), why it is safe and until when that holds:',
    '',
    codeBlock(suppressionComment(shorten(ruleId, MAX_RULE_ID))),
    '',
    'The comment is shown by name in the review of the pull request that adds it. It stops counting after its day.',
    'Whole rules and paths are set in `.github/assay.yml` on the target branch.',
    ...(inArchive ? ['In an archive no comment counts: `archive!entry:rule:line` in `.gitleaksignore` does.'] : []),
    '',
    '</details>',
  ].join('\n');
}

export const HEADINGS = {
  findings: '### New findings',
  history: '### In earlier commits of this change',
  waived: '### Rotated, as the policy attests',
  fixed: '### Fixed by this change',
  suppressions: '### Suppressions that this change adds',
  coverage: '### What was read',
} as const;

export function knownSummary(findings: number): string {
  return `${count(findings, 'finding was', 'findings were')} there before this change`;
}

export function morePlaces(places: number): string {
  return `- … and ${count(places, 'more place', 'more places')} of this rule`;
}

/** What had no room. */
export function cutFindings(findings: number, { mergeBase, head }: Links): string {
  const command = codeSpan(`npx assay review --base ${mergeBase} --head ${head}`);
  return `**${count(findings, 'more new finding is', 'more new findings are')} not listed here**, for want of room. ${command} lists all of them.`;
}

/** How the secrets of earlier commits, and of messages, are resolved: empty where there are none. */
export function howToAttest(findings: readonly JudgedFinding[]): string {
  const yaml = attestation(findings);
  return yaml === null ? '' : `${trustedProse(ATTEST_WHERE)}\n\n${codeBlock(yaml)}`;
}

export function waivedItem({ ruleId, location, suppression }: JudgedFinding, links: Links): string {
  const inner = innerPlace(location);
  const where = `${place(location, links.repoUrl, links.head)}${inner === null ? '' : ` (${markdownText(inner)})`}`;
  return `- 🔑 ${ruleName(ruleId)} at ${where} · ${markdownText(shorten(suppression?.reason ?? '', MAX_REASON))}`;
}

export function cutItems(items: number): string {
  return `- … and ${items.toLocaleString('en-US')} more`;
}

export function unannotated(total: number, annotated: number): string {
  return `The first ${annotated.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} new findings, the worst first, are annotated in the diff.`;
}

function ruleName(ruleId: string): string {
  return codeSpan(shorten(ruleId, MAX_RULE_ID));
}

/** GitHub renders some files, and a rendered file has no lines to go to. */
const RENDERED = /\.(?:ipynb|md|markdown|rst|adoc|org|svg|csv|tsv)$/i;

function place(location: Location, repoUrl: string, commit: string): string {
  const { path, startLine, redacted } = location;
  const text = textName(location);
  if (text !== null) {
    return location.commit === undefined ? text : `[${text}](${repoUrl}/commit/${location.commit})`;
  }
  if (redacted === true) return codeSpan(shorten(path, MAX_PATH));
  const plain = RENDERED.test(path) ? '?plain=1' : '';
  const url = `${repoUrl}/blob/${location.commit ?? commit}/${percentEncodedPath(path)}${plain}#L${startLine}`;
  return `[${codeSpan(`${shorten(path, MAX_PATH)}:${startLine}`)}](${url})`;
}
