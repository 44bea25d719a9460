/** What is left of a text whose secrets nobody has looked for. */
import { expect, it } from 'vitest';
import { withoutRandomWords } from '#domain/random-words.ts';
import { sampleToken } from '#test/support/samples.ts';

it.each(['huggingface', 'openai', 'aws-access-key', 'wandb', 'generic'] as const)('shows no secret (%s)', (kind) => {
  const secret = sampleToken(kind);
  const said = withoutRandomWords(`\`waivers.0.secret\` is \`${secret}\`, which is no fingerprint.`);
  for (let start = 0; start + 16 <= secret.length; start++) expect(said).not.toContain(secret.slice(start, start + 16));
});

it.each([
  '`waivers.0.rotated` is `2026-02-30`, which is no day (YYYY-MM-DD)',
  'No secret has the fingerprint `0123456789abcdef0123456789abcdef`.',
  '`huggingface-organization-token` in `verification.detectors` of the policy is no rule of this review.',
  '`configuration/experiments_of_2026/.gitleaks.toml`, line 3: not valid TOML',
])('leaves what is none: %s', (sentence) => {
  expect(withoutRandomWords(sentence)).toBe(sentence);
});
