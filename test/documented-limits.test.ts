/** The limits of secret detection are what the documentation says: whoever changes one changes the other. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MAX_DECODE_DEPTH } from '#analyzers/secrets/decode/decoded-texts.ts';
import { MAX_GUNZIPPED } from '#analyzers/secrets/decode/gzip.ts';
import { MAX_EXTENDED } from '#analyzers/secrets/language/rule-config.ts';
import { MAX_FOUND, RULE_LIMIT_MS } from '#analyzers/secrets/shortened.ts';
import { ASK_LIMIT_MS } from '#analyzers/secrets/verify/ask.ts';
import { MADE_UP_KEPT_MS, SILENT_MS } from '#analyzers/secrets/verify/verifier.ts';
import { DEFAULT_LIMITS } from '#changes/limits.ts';
import { MAX_WAIVERS } from '#policy/waiver.ts';
import { MAX_TEAM_FILE } from '#team/read-team-files.ts';
import {
  MAX_ENTRIES,
  MAX_ENTRY_BYTES,
  MAX_LAYERS,
  MAX_RATIO,
  MAX_UNPACK_MS,
  MAX_UNPACKED_BYTES,
  MIN_RATIO_BYTES,
} from '#unpack/archive/limits.ts';
import { MAX_VERIFIED, VERIFICATION_LIMIT_MS } from '#verification/verify-secrets.ts';

const read = (name: string) =>
  readFileSync(new URL(`../docs/${name}.md`, import.meta.url), 'utf8').replace(/\s+/g, ' ');
const DOCS = { secrets: read('secrets'), configuration: read('configuration'), operations: read('operations') };
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const count = (number: number) => number.toLocaleString('en');
const word = (number: number) => WORDS[number] ?? count(number);
const mib = (bytes: number) => `${bytes / 1024 ** 2} MiB`;
const seconds = (ms: number) => `${ms / 1_000} s`;

it.each([
  ['secrets', `${word(MAX_DECODE_DEPTH)} layers deep; the finding`],
  ['secrets', `base64 (with gzip in it, up to ${mib(MAX_GUNZIPPED)};`],
  ['secrets', `${word(MAX_EXTENDED)} files deep`],
  ['secrets', `a file over ${MAX_TEAM_FILE / 1024} KiB`],
  ['secrets', `An archive in an archive is opened, ${word(MAX_LAYERS)} layers deep`],
  [
    'secrets',
    `${count(MAX_ENTRIES)} entries, ${mib(MAX_ENTRY_BYTES)} for each that is read, ${mib(MAX_UNPACKED_BYTES)} in all, ${seconds(MAX_UNPACK_MS)}`,
  ],
  ['secrets', `may become ${MAX_RATIO} times its size, and always ${mib(MIN_RATIO_BYTES)}`],
  [
    'secrets',
    `${count(DEFAULT_LIMITS.maxCommits)} commits (the newest), ${count(DEFAULT_LIMITS.maxPastFiles)} contents and ${mib(DEFAULT_LIMITS.maxPastBytes)} that only earlier commits have, ${mib(DEFAULT_LIMITS.maxFileBytes)} each; on the command line ${mib(DEFAULT_LIMITS.maxMessageBytes)} of messages`,
  ],
  [
    'secrets',
    `${MAX_VERIFIED} secrets and ${seconds(VERIFICATION_LIMIT_MS)} for a review, ${seconds(ASK_LIMIT_MS)} for an answer`,
  ],
  ['secrets', `at most once in ${word(MADE_UP_KEPT_MS / 3_600_000)} hours`],
  ['secrets', SILENT_MS === 60_000 ? 'is left alone for a minute' : `is left alone for ${seconds(SILENT_MS)}`],
  ['configuration', `At most ${MAX_WAIVERS}, each with the fingerprint`],
  ['operations', `findings of one rule in one text | ${count(MAX_FOUND)} |`],
  ['operations', `one rule for secrets, one text | ${seconds(RULE_LIMIT_MS)} |`],
] as const)('%s: %s', (page, limit) => {
  expect(DOCS[page]).toContain(limit);
});
