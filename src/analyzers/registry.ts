/** Every analyzer, made from a rulebook. A new analyzer is a folder beside this file and one line here. */
import type { Analyzer } from '#domain/analyzer.ts';
import type { TeamRules } from '#domain/team-rules.ts';
import type { Rulebook } from './rulebook.ts';
import { createSastAnalyzer } from './sast/sast.ts';
import { createSecretsAnalyzer } from './secrets/secrets.ts';

/** `fingerprintKey` keys the hash under which a secret is remembered. */
export async function createAnalyzers(rulebook: Rulebook, fingerprintKey: string): Promise<Analyzer[]> {
  return Promise.all([createSastAnalyzer(rulebook.code), createSecretsAnalyzer(rulebook.secrets, { fingerprintKey })]);
}

/** The same analyzers, with a team's own detectors among the secrets'. */
export async function createTeamAnalyzers(
  analyzers: readonly Analyzer[],
  rulebook: Rulebook,
  fingerprintKey: string,
  { config, extended, mayLoosen }: TeamRules,
): Promise<Analyzer[]> {
  const readExtended = (path: string) => (Object.hasOwn(extended, path) ? extended[path]! : null);
  const options = { fingerprintKey, readExtended, mayLoosen };
  const secrets = await createSecretsAnalyzer([...rulebook.secrets, config], options);
  return analyzers.map((analyzer) => (analyzer.name === secrets.name ? secrets : analyzer));
}
