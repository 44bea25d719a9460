/** Realistic tokens for tests, made from templates: no token-shaped string stands in git. */
import { expandTemplate } from '#analyzers/secrets/samples/samples.ts';

const TEMPLATES = {
  huggingface: 'hf_{alnum:34}',
  wandb: '{hex:40}',
  openai: 'sk-proj-{base64url:74}T3BlbkFJ{base64url:73}x',
  anthropic: 'sk-ant-api03-{base64url:93}AA',
  'aws-access-key': 'AKIA{base32:16}',
  'aws-secret': '{base64:40}',
  github: 'ghp_{alnum:36}',
  'github-installation': 'ghs_1234567_eyJ{alnum:33}.eyJ{base64url:200}.{base64url:239}x',
  'google-api-key': 'AIza{base64url:34}x',
  slack: 'xoxb-{digit:12}-{digit:13}-{alnum:24}',
  generic: '{alnum:40}',
  'private-key': '-----BEGIN {join}RSA PRIVATE KEY-----\n{pem:1600}\n-----END RSA PRIVATE KEY-----',
} as const;

export type SampleKind = keyof typeof TEMPLATES;
export const SAMPLE_KINDS = Object.keys(TEMPLATES) as SampleKind[];

/** The same for the same seed; another seed gives another secret of the kind. */
export function sampleToken(kind: SampleKind, seed: number | string = 1): string {
  return expandTemplate(TEMPLATES[kind], seed);
}
