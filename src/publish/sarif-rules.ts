/** The rules of a SARIF run: all that ran, and those of findings that name another. */
import type { RuleInfo } from '#domain/rule.ts';
import type { Confidence, Severity } from '#domain/severity.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { codeSpan, markdownProse, shorten, visibleLines } from './escape.ts';
import { firstSentence } from './words-plain.ts';

/** "Rules per run: 25,000", "Tags per rule: 20", of which 10 are kept, "fullDescription.text: 1,024 characters", names of 255. */
const MAX_RULES = 25_000;
const MAX_TAGS = 10;
const MAX_DESCRIPTION = 1_024;
const MAX_NAME = 255;
const MAX_HELP = 8_000;

export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
};

/** "over 9.0 critical, 7.0 to 8.9 high, 4.0 to 6.9 medium, 0.1 to 3.9 low". */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '1.0',
};
const PRECISIONS: Readonly<Record<Confidence, string>> = { high: 'high', medium: 'medium', low: 'low' };

export interface ReportingDescriptor {
  readonly id: string;
}

/** In the order of `rules`; a result's `ruleIndex` is its place in the list. */
export function reportingDescriptors(
  rules: readonly RuleInfo[],
  findings: readonly JudgedFinding[],
): ReportingDescriptor[] {
  const found = new Set(findings.map(({ ruleId }) => ruleId));
  const byId = new Map<string, RuleInfo>();
  for (const rule of rules) if (!byId.has(rule.id)) byId.set(rule.id, rule);
  for (const finding of findings) if (!byId.has(finding.ruleId)) byId.set(finding.ruleId, fromFinding(finding));
  const all = [...byId.values()];
  const kept = all.length <= MAX_RULES ? all : all.filter(({ id }) => found.has(id)).slice(0, MAX_RULES);
  return kept.map(descriptor);
}

/** A rule that did not introduce itself is described by what it found. */
function fromFinding({ ruleId, analyzer, severity, confidence, message }: JudgedFinding): RuleInfo {
  return { id: ruleId, analyzer, severity, confidence, message, cwe: [], references: [], source: '' };
}

function descriptor({ id, analyzer, severity, confidence, message, cwe, references }: RuleInfo) {
  const text = visibleLines(message).trim() || id;
  const links = references.filter((reference) => URL.canParse(reference) && /^https?:/.test(reference));
  const weaknesses = cwe.flatMap((name) => /^CWE-(\d+)/i.exec(name)?.[1] ?? []);
  const help = [text, ...links].join('\n\n');
  const markdown = [`${codeSpan(id)}`, markdownProse(text), ...links.map((link) => `<${link}>`)].join('\n\n');
  return {
    id,
    name: shorten(id, MAX_NAME),
    shortDescription: { text: shorten(firstSentence(text), MAX_NAME) },
    fullDescription: { text: shorten(text, MAX_DESCRIPTION) },
    help: { text: shorten(help, MAX_HELP), markdown: shorten(markdown, MAX_HELP) },
    ...(links[0] === undefined ? {} : { helpUri: links[0] }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'security-severity': SCORES[severity],
      precision: PRECISIONS[confidence],
      'problem.severity': LEVELS[severity] === 'note' ? 'recommendation' : LEVELS[severity],
      tags: ['security', analyzer, ...weaknesses.map((number) => `external/cwe/cwe-${number.padStart(3, '0')}`)].slice(
        0,
        MAX_TAGS,
      ),
    },
  };
}
