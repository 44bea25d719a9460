/** Takes out the findings of rules that are about other versions of a package than the repository runs with. */
import { createEnvironment, type Environment, manifestPaths } from '#dependencies/environment.ts';
import type { Finding } from '#domain/finding.ts';
import type { InspectedFile } from '#domain/inspection.ts';
import type { ManifestSource } from '#domain/manifests.ts';
import type { RuleInfo, VersionCondition } from '#domain/rule.ts';

/**
 * Manifests are read only when a finding hangs on a version. Each side is judged by its own: a pull request that goes back
 * to an old version has new findings.
 */
export async function checkVersions(
  inspected: readonly InspectedFile[],
  rules: readonly RuleInfo[],
  source: ManifestSource,
): Promise<readonly InspectedFile[]> {
  const conditions = new Map(rules.flatMap(({ id, requires }) => (requires === undefined ? [] : [[id, requires]])));
  const manifestsFor = (side: 'base' | 'head') => {
    const waiting = inspected.flatMap((file) => file[side].findings).filter(({ ruleId }) => conditions.has(ruleId));
    return manifestPaths(new Set(waiting.map(({ location }) => location.path)), source.maxFolders);
  };
  const wanted = { base: manifestsFor('base'), head: manifestsFor('head') };
  if (wanted.base.length + wanted.head.length === 0) return inspected;

  const texts = await source.read(wanted);
  const environments = { base: createEnvironment(texts.base), head: createEnvironment(texts.head) };
  return inspected.map((file) => ({
    ...file,
    base: { ...file.base, findings: standing(file.base.findings, conditions, environments.base) },
    head: { ...file.head, findings: standing(file.head.findings, conditions, environments.head) },
  }));
}

function standing(
  findings: readonly Finding[],
  conditions: ReadonlyMap<string, VersionCondition>,
  environment: Environment,
): readonly Finding[] {
  return findings.filter(({ ruleId, location }) => {
    const condition = conditions.get(ruleId);
    return condition === undefined || environment.holds(condition, location.path);
  });
}
