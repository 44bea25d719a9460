/** `assay test DIR`: rules against their annotated targets, and detectors against their samples. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { listRuleFiles } from '#analyzers/rulebook.ts';
import { AppError } from '#domain/errors.ts';
import type { RuleProof } from '#domain/rule-proof.ts';
import { proofLines, proofTotals } from '#publish/words-proofs.ts';
import { parseArguments } from './arguments.ts';
import { proveRuleFile } from './prove-rule-file.ts';

/** A file that is named is meant, whatever it is called. */
function rulePaths(path: string): string[] {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  return isFile ? [path] : listRuleFiles(path).map((name) => join(path, name));
}

export async function testCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(args, { json: { type: 'boolean', default: false } });
  if (positionals.length === 0) throw new AppError('usage', 'test needs a folder of rules');
  const paths = positionals.flatMap(rulePaths);
  if (paths.length === 0)
    throw new AppError('invalid-rules', `${positionals.join(', ')}: no rules in this folder (*.yaml, *.yml, *.toml)`);
  const proofs: RuleProof[] = [];
  for (const path of paths) proofs.push(...(await proveRuleFile(path)));
  const count = (status: RuleProof['status']) => proofs.filter((proof) => proof.status === status).length;
  const totals = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  const text = values.json
    ? `${JSON.stringify({ ...totals, results: proofs }, null, 2)}\n`
    : `${proofs.flatMap(proofLines).join('')}${proofTotals(totals)}\n`;
  process.stdout.write(text);
  return totals.failed > 0 ? 1 : 0;
}
