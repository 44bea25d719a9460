/** Findings, suppressions and inspections for tests: short to write, whole in type. */
import { fingerprintAll } from '#baseline/fingerprint.ts';
import { findSuppressions } from '#baseline/suppressions.ts';
import type { Finding } from '#domain/finding.ts';
import type { Inspection } from '#domain/inspection.ts';
import type { Position } from '#domain/location.ts';
import { unpack } from '#unpack/unpack.ts';

export const NOW = new Date('2026-03-01T12:00:00Z');
export const GOOD = 'reason="ours" until=2026-12-31';
export const EMPTY: Inspection = { findings: [], suppressions: [], skipped: [], analysed: false };

/** What a tiny analyzer finds: each call of `bad…(…)`, with its text as identity, in the `def` that stands above it. */
export function inspectText(path: string, text: string, analyzer = 'sast'): Inspection {
  const { parts, skipped } = unpack(path, new TextEncoder().encode(text));
  const found = parts.flatMap((part) =>
    [...part.text.matchAll(/\b(bad\w*)\(([^)]*)\)/g)].map((match) => ({
      ruleId: match[1]!,
      identity: match[0].replace(/\s/g, ''),
      scope: [...part.text.slice(0, match.index).matchAll(/^(def \w+|\S)/gm)].at(-1)?.[0].match(/def (\w+)/)?.[1] ?? '',
      start: part.locate(match.index),
      end: part.locate(match.index + match[0].length),
      excerpt: match[0],
    })),
  );
  const fingerprints = fingerprintAll(found);
  const findings = found.map((match, index) => finding(path, analyzer, match, fingerprints[index]!));
  return {
    findings,
    suppressions: findSuppressions(parts, path, NOW),
    skipped: skipped.map(toSkipped(path)),
    analysed: true,
  };
}

function toSkipped(path: string) {
  return (unread: { reason: Inspection['skipped'][number]['reason']; detail: string }) => ({
    path,
    side: 'head' as const,
    analyzer: null,
    ...unread,
  });
}

interface Found {
  readonly ruleId: string;
  readonly scope: string;
  readonly start: Position;
  readonly end: Position;
  readonly excerpt: string;
}

function finding(
  path: string,
  analyzer: string,
  { ruleId, scope, start, end, excerpt }: Found,
  fingerprint: string,
): Finding {
  const location = {
    path,
    startLine: start.line,
    startColumn: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(start.cell === undefined ? {} : { cell: start.cell }),
  };
  return {
    ruleId,
    analyzer,
    severity: 'high',
    confidence: 'high',
    message: 'm',
    location,
    excerpt,
    scope,
    fingerprint,
    ...(analyzer === 'secrets' ? { evidence: { entropy: 4, decoders: [] } } : {}),
  };
}
