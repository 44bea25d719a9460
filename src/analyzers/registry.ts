/** Every analyzer, made from a rulebook. A new analyzer is a folder beside this file and one line here. */
import type { Analyzer } from '#domain/analyzer.ts';
import type { Rulebook } from './rulebook.ts';
import { createSastAnalyzer } from './sast/sast.ts';
import { createSecretsAnalyzer } from './secrets/secrets.ts';

/** `fingerprintKey` keys the hash under which a secret is remembered. */
export async function createAnalyzers(rulebook: Rulebook, fingerprintKey: string): Promise<Analyzer[]> {
  return Promise.all([createSastAnalyzer(rulebook.code), createSecretsAnalyzer(rulebook.secrets, { fingerprintKey })]);
}
