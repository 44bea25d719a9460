/** Why a text is taken for a secret, where it is revoked, and where else it stands: the words for every place that shows findings. */
import type { Location } from '#domain/location.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import { visible } from './escape.ts';
import { innerPlace } from './words-places.ts';

/** More places than this are counted and not named. */
export const MAX_NAMED_PLACES = 10;

/** `entropy 4.8 bits per character, decoded from base64 → hex`; null for what is no secret. The detector is the finding's rule. */
export function evidencePhrase({ evidence }: Pick<JudgedFinding, 'evidence'>): string | null {
  if (evidence === undefined) return null;
  const { entropy, decoders, inFileName } = evidence;
  return [
    ...(inFileName === true ? ["in the file's name"] : []),
    `entropy ${entropy.toFixed(1)} bits per character`,
    ...(decoders.length === 0 ? [] : [`decoded from ${decoders.map(visible).join(' → ')}`]),
  ].join(', ');
}

/** The page where the secret is revoked, unless `told`, what is shown of the message, has just named it. */
export function revokePage({ evidence }: Pick<JudgedFinding, 'evidence'>, told: string): string | null {
  const page = evidence?.revoke;
  return page === undefined || told.includes(page) ? null : page;
}

/** `config.py:7, eda.ipynb:203 (cell 4, line 2) and 3 more places`, without Markdown. */
export function placesPhrase(places: readonly Location[], max = MAX_NAMED_PLACES): string {
  const named = places.slice(0, max).map(placeName);
  const more = places.length - named.length;
  if (more > 0)
    return `${named.join(', ')} and ${more.toLocaleString('en-US')} more ${more === 1 ? 'place' : 'places'}`;
  return named.join(', ');
}

function placeName(location: Location): string {
  const inner = innerPlace(location);
  return `${visible(location.path)}:${location.startLine}${inner === null ? '' : ` (${inner})`}`;
}

/** One sentence each about the secret's other places; `named` says a list of places. */
export function elsewhereSentences<T>(
  { locations = [], knownAt = [] }: Pick<JudgedFinding, 'locations' | 'knownAt'>,
  named: (places: readonly Location[]) => T,
): { readonly words: string; readonly places: T }[] {
  return [
    ...(locations.length === 0 ? [] : [{ words: 'The same secret also at', places: named(locations) }]),
    ...(knownAt.length === 0 ? [] : [{ words: 'It was there before this change at', places: named(knownAt) }]),
  ];
}

/** What is told of a secret besides `told`, the message as it is shown: a line each, without Markdown. */
export function secretLines(finding: JudgedFinding, told: string): string[] {
  const why = evidencePhrase(finding);
  const page = revokePage(finding, told);
  return [
    ...(why === null ? [] : [`Why: ${visible(finding.ruleId)}, ${why}`]),
    ...(page === null ? [] : [`Revoke it: ${visible(page)}`]),
    ...elsewhereSentences(finding, placesPhrase).map(({ words, places }) => `${words}: ${places}`),
  ];
}
