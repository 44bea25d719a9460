/** Why a text is taken for a secret, where it is revoked, and where else it stands: the words for every place that shows findings. */
import type { Location } from '#domain/location.ts';
import type { JudgedFinding } from '#domain/verdict.ts';
import type { UnknownReason, Verified } from '#domain/verification.ts';
import { visible } from './escape.ts';
import { historyAdvice, textName } from './words-history.ts';
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

/** What the secret's vendor said of it: `Hugging Face says that it is active (asked on 2026-11-21)`; null where nobody was to be asked. */
export function vendorPhrase({ evidence }: Pick<JudgedFinding, 'evidence'>): string | null {
  return evidence?.verified === undefined ? null : verifiedPhrase(evidence.verified);
}

const UNKNOWN_WORDS: Readonly<Record<UnknownReason, (vendor: string) => string>> = {
  'not-asked': (vendor) => `${vendor} was not asked, because the review's limit was reached`,
  'not-sent': (vendor) => `${vendor} was not asked, because it does not look like one of theirs`,
  'no-answer': (vendor) => `${vendor} gave no answer`,
  refused: (vendor) => `${vendor} refused it, as it refuses some that work elsewhere`,
  unclear: (vendor) => `${vendor} gave an answer that says neither`,
  'says-yes-to-anything': (vendor) => `${vendor} calls made-up ones active, too`,
};

function verifiedPhrase({ answer, reason, vendor, on }: Verified): string {
  if (answer === 'active') return `${vendor} says that it is active (asked on ${on})`;
  if (answer === 'inactive') return `${vendor} refused it (asked on ${on}), which does not prove it harmless`;
  return `whether it is active is unknown: ${UNKNOWN_WORDS[reason ?? 'unclear'](vendor)} (on ${on})`;
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
  const text = textName(location);
  if (text !== null) return text;
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
  const vendor = vendorPhrase(finding);
  const page = revokePage(finding, told);
  const advice = historyAdvice(finding);
  return [
    ...(why === null ? [] : [`Why: ${visible(finding.ruleId)}, ${why}`]),
    ...(vendor === null ? [] : [`Verification: ${vendor}`]),
    ...(page === null ? [] : [`Revoke it: ${visible(page)}`]),
    ...elsewhereSentences(finding, placesPhrase).map(({ words, places }) => `${words}: ${places}`),
    ...(advice === null ? [] : [advice]),
  ];
}
