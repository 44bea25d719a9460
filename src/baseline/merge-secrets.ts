/** One secret in five places is one finding with five places: joins, in a verdict, the findings that speak of the same one. */
import type { Finding } from '#domain/finding.ts';
import type { Location } from '#domain/location.ts';
import { isGeneric } from '#domain/rule.ts';
import { CONFIDENCES, SEVERITIES } from '#domain/severity.ts';
import type { JudgedFinding, Verdict } from '#domain/verdict.ts';

/**
 * Within a state the most specific rule speaks, with the worst severity of them all. A new place of a secret that was there
 * before says where; what is fixed in one place and still stands in another is not fixed. Suppressed places stay as they
 * are, each with its own suppression.
 */
export function mergeSecrets(verdict: Verdict): Verdict {
  const { known, suppressed } = verdict;
  const fresh = merge([...verdict.blocking, ...verdict.advisory]);
  const before = Map.groupBy(known.filter(isSecret), ({ fingerprint }) => fingerprint);
  const told = fresh.map((finding): JudgedFinding => {
    const knownAt = isSecret(finding) ? before.get(finding.fingerprint) : undefined;
    return knownAt === undefined ? finding : { ...finding, knownAt: knownAt.map(({ location }) => location) };
  });
  const standing = new Set([...fresh, ...known, ...suppressed].filter(isSecret).map(({ fingerprint }) => fingerprint));
  return {
    ...verdict,
    blocking: told.filter(({ blocking }) => blocking),
    advisory: told.filter(({ blocking }) => !blocking),
    known: merge(known),
    fixed: merge(verdict.fixed.filter((finding) => !isSecret(finding) || !standing.has(finding.fingerprint))),
  };
}

function isSecret({ evidence }: Finding): boolean {
  return evidence !== undefined;
}

/** One finding for each secret that is not suppressed, at the first of its places; the others follow in their order. */
export function joinPlaces(findings: readonly JudgedFinding[]): JudgedFinding[] {
  const suppressed = findings.filter(({ state }) => state === 'suppressed');
  const groups = Map.groupBy(
    findings.filter(({ state }) => state !== 'suppressed'),
    ({ fingerprint }) => fingerprint,
  );
  const joined = [...groups.values()].map((group) => (group.length === 1 ? group[0]! : join(group)));
  return [...joined, ...suppressed];
}

/** Each secret stands where the first of its findings stood. */
function merge(findings: readonly JudgedFinding[]): JudgedFinding[] {
  const groups = Map.groupBy(findings, (finding) => (isSecret(finding) ? finding.fingerprint : finding));
  return [...groups.values()].map((group) => (group.length === 1 ? group[0]! : join(group)));
}

function join(group: readonly JudgedFinding[]): JudgedFinding {
  const [speaker, ...others] = group.toSorted(bySpecificity) as [JudgedFinding, ...JudgedFinding[]];
  const severity = SEVERITIES.find((one) => group.some((finding) => finding.severity === one)) ?? speaker.severity;
  const locations: Location[] = [...(speaker.locations ?? []), ...others.flatMap(placesOf)].toSorted(byPlace);
  return { ...withFinders(speaker, others), severity, blocking: group.some(({ blocking }) => blocking), locations };
}

/** In one place a detector may see what in another one it does not. */
function withFinders(speaker: JudgedFinding, others: readonly JudgedFinding[]): JudgedFinding {
  if (speaker.evidence === undefined) return speaker;
  const found = [speaker, ...others].flatMap(({ ruleId, evidence }) => [ruleId, ...(evidence?.alsoFoundBy ?? [])]);
  const alsoFoundBy = [...new Set(found)].filter((id) => id !== speaker.ruleId).sort();
  return alsoFoundBy.length === 0 ? speaker : { ...speaker, evidence: { ...speaker.evidence, alsoFoundBy } };
}

function placesOf({ location, locations = [] }: JudgedFinding): Location[] {
  return [location, ...locations];
}

/** What stands in the head's files, then the rule that knows most about the secret, then the first place. */
function bySpecificity(a: JudgedFinding, b: JudgedFinding): number {
  return (
    distance(a.location) - distance(b.location) ||
    Number(isGeneric(a.ruleId)) - Number(isGeneric(b.ruleId)) ||
    CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    byPlace(a.location, b.location)
  );
}

/** From what a person sees first: the head's files, the texts of the change, earlier commits in the order that they come in. */
function byPlace(a: Location, b: Location): number {
  if (distance(a) !== distance(b) || distance(a) > 0) return distance(a) - distance(b);
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.startLine - b.startLine || a.startColumn - b.startColumn;
}

function distance({ commit, text }: Location): number {
  if (text !== undefined) return 1;
  return commit === undefined ? 0 : 2;
}
