/** Archives over a limit, as findings of their own where the policy wants that: what was not read is no reason to pass. */
import { fingerprintAll } from '#baseline/fingerprint.ts';
import type { Finding } from '#domain/finding.ts';
import { type InspectedFile, type Inspection, NO_INSPECTION } from '#domain/inspection.ts';
import type { RuleInfo } from '#domain/rule.ts';
import type { Skipped } from '#domain/skipped.ts';

export const ARCHIVE_RULE: RuleInfo = {
  id: 'archive-over-limit',
  analyzer: 'archives',
  severity: 'medium',
  confidence: 'high',
  message:
    'This archive is over a limit and was not read in full, so that nobody knows what it brings. Commit its files themselves, or keep it outside of the repository.',
  cwe: ['CWE-409'],
  references: ['https://cwe.mitre.org/data/definitions/409.html'],
  source: 'Assay',
};

/** `skipped` is what of the change never came to be inspected. Each gap is a finding in its file: another one is new. */
export function withArchiveFindings(
  inspected: readonly InspectedFile[],
  skipped: readonly Skipped[],
): readonly InspectedFile[] {
  const seen = new Set(inspected.map(({ path }) => path));
  const unseen = new Set(skipped.filter((skip) => isOverLimit(skip) && !seen.has(skip.path)).map(({ path }) => path));
  const added = [...unseen].map((path) => ({ path, previousPath: null, base: NO_INSPECTION, head: NO_INSPECTION }));
  return [...inspected, ...added].map((file) => {
    const on = (side: Skipped['side'], path: string): Inspection => {
      const waiting = skipped.filter((skip) => skip.side === side && skip.path === path);
      const gaps = [...file[side].skipped, ...waiting].filter(isOverLimit);
      return gaps.length === 0
        ? file[side]
        : { ...file[side], findings: [...file[side].findings, ...toFindings(path, gaps)] };
    };
    return { ...file, base: on('base', file.previousPath ?? file.path), head: on('head', file.path) };
  });
}

function isOverLimit({ reason }: Skipped): boolean {
  return reason === 'archive-limit';
}

function toFindings(path: string, gaps: readonly Skipped[]): Finding[] {
  const { id: ruleId, analyzer, severity, confidence, message } = ARCHIVE_RULE;
  const fingerprints = fingerprintAll(gaps.map(({ detail }) => ({ ruleId, identity: detail, scope: '' })));
  return gaps.map(({ detail }, index) => ({
    ruleId,
    analyzer,
    severity,
    confidence,
    message,
    location: { path, startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    excerpt: detail,
    scope: '',
    fingerprint: fingerprints[index]!,
  }));
}
