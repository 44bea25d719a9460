/** Holds a file of Semgrep rules against the annotated targets beside it, and its fixes against the fixed target. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { checkAnnotations, type RuleCheck, readAnnotations } from '#analyzers/sast/rule-test.ts';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { createWaivers, findNosemgrep } from '#baseline/nosemgrep.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import type { Match } from '#domain/finding.ts';
import type { Part } from '#domain/part.ts';
import type { RuleFile } from '#domain/rule.ts';
import type { RuleProof } from '#domain/rule-proof.ts';
import { unpack } from '#unpack/unpack.ts';
import { fromProblem, skippedProof } from './proof.ts';

export async function proveCodeRules(file: RuleFile): Promise<RuleProof[]> {
  const analyzer = await createSastAnalyzer([file], { ignorePaths: true });
  const targets = findTargets(file.path);
  const ruleIds = analyzer.rules.map(({ id }) => id);
  const proofs = targets.flatMap((target) => proveTarget(file, analyzer, target, ruleIds));
  const proved = new Set(proofs.map(({ rule_id }) => rule_id));
  const why = targets.length === 0 ? 'no target beside it' : 'its target has no annotation for it';
  return [
    ...analyzer.problems.map((problem) => fromProblem(file, problem)),
    ...proofs,
    ...ruleIds.filter((id) => !proved.has(id)).map((id) => skippedProof(file, id, why, targets[0] ?? null)),
  ];
}

/** Nothing for a rule of which the target does not speak, and which finds nothing in it. */
function proveTarget(file: RuleFile, analyzer: Analyzer, target: string, ruleIds: readonly string[]): RuleProof[] {
  const bytes = readFileSync(target);
  const { annotations, ignored } = readAnnotations(bytes.toString('utf8'));
  const parts = unpack(target, bytes).parts.filter((part) => analyzer.accepts(part));
  if (parts.length === 0) return [];
  const found = parts.flatMap((part) => matchesIn(analyzer, part, target).map((match) => ({ part, match })));
  const findings = found.map(({ part, match }) => ({ ruleId: match.ruleId, line: part.locate(match.start).line }));
  const unfixed = fixProblem(target, parts, found);
  return checkAnnotations({ ruleIds, annotations, findings, ignored })
    .filter((check) => check.positives + check.negatives + check.unexpected.length > 0)
    .map((check) => {
      const hasFix = found.some(({ match }) => match.ruleId === check.ruleId && match.fix !== undefined);
      return proofOf(file, target, check, hasFix ? unfixed : null);
    });
}

function proofOf(file: RuleFile, target: string, check: RuleCheck, unfixed: string | null): RuleProof {
  const { ruleId, passed, missing, unexpected } = check;
  const status = passed && unfixed === null ? 'passed' : 'failed';
  return {
    rule_id: ruleId,
    file: file.path,
    target,
    status,
    missing,
    unexpected,
    notes: unfixed === null ? [] : [unfixed],
  };
}

/** Without those that a `nosemgrep` comment accepts. */
function matchesIn(analyzer: Analyzer, part: Part, path: string): Match[] {
  const waiverOf = createWaivers(findNosemgrep(part, path, ''));
  return analyzer.analyze(part, { expired: () => false }).matches.filter(({ ruleId, start, end }) => {
    const [first, last] = [part.locate(start), part.locate(end)];
    const location = {
      ...{ path, startLine: first.line, startColumn: first.column },
      ...{ endLine: last.line, endColumn: last.column },
    };
    return waiverOf({ analyzer: 'sast', ruleId, location }) === undefined;
  });
}

/** Files of the same name with another ending: `rule.py` or `rule.test.py` beside `rule.yaml`, which is none itself. */
function findTargets(path: string): string[] {
  const stem = basename(path, extname(path));
  const names = readdirSync(dirname(path), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .filter((name) => {
      const ending = name.startsWith(`${stem}.`) ? name.slice(stem.length) : '';
      return /^(?:\.test)?\.\w+$/.test(ending) && !/^\.(?:ya?ml|toml)$/.test(ending);
    });
  return names.sort().map((name) => join(dirname(path), name));
}

/** What is wrong with the fixes; null where there is no fixed target, or they lead to it. */
function fixProblem(
  target: string,
  parts: readonly Part[],
  found: readonly { part: Part; match: Match }[],
): string | null {
  const ending = extname(target);
  const fixedPath = `${target.slice(0, -ending.length)}.fixed${ending}`;
  const [part] = parts;
  if (part === undefined || parts.length > 1 || !existsSync(fixedPath)) return null;
  const wanted = readFileSync(fixedPath, 'utf8').split(/\r?\n/);
  const lines = applyFixes(
    part.text,
    found.map(({ match }) => match),
  ).split(/\r?\n/);
  const at = wanted.findIndex((line, i) => line !== lines[i]);
  if (at === -1 && wanted.length === lines.length) return null;
  return `its fix does not lead to ${basename(fixedPath)}: line ${at === -1 ? wanted.length + 1 : at + 1} differs`;
}

/** From left to right; of two that overlap, the first one counts. */
function applyFixes(text: string, matches: readonly Match[]): string {
  let out = '';
  let from = 0;
  for (const { start, end, fix } of [...matches].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (fix === undefined || start < from) continue;
    out += text.slice(from, start) + fix;
    from = end;
  }
  return out + text.slice(from);
}
