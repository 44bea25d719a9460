/** What the fuzzer begins with: rule files and the code and texts beside them, as this repository and given folders have them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '#domain/part.ts';

export interface Sample {
  readonly language: Language;
  readonly text: string;
}

export interface Corpus {
  readonly rules: readonly string[];
  readonly texts: readonly Sample[];
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  ...{ py: 'python', yaml: 'yaml', yml: 'yaml', json: 'json', sh: 'bash' },
  ...{ md: null, toml: null, txt: null },
};
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git']);
/** Files of one folder; they are sorted, so that a seed means the same in every run. */
const MAX_FILES = 2_000;
/** Bytes; mutants of larger files say no more than those of small ones. */
const MAX_BYTES = 200_000;

export function readCorpus(folders: readonly string[]): Corpus {
  const rules: string[] = [];
  const texts: Sample[] = [];
  for (const path of folders.flatMap((folder) => filesIn(folder))) {
    const text = readFileSync(path, 'utf8');
    const ending = path.slice(path.lastIndexOf('.') + 1);
    if (/^rules:/m.test(text) && LANGUAGES[ending] === 'yaml') rules.push(text);
    if (LANGUAGES[ending] !== undefined) texts.push({ language: LANGUAGES[ending], text });
  }
  return { rules, texts };
}

function filesIn(folder: string): string[] {
  const found: string[] = [];
  const pending = [folder];
  for (let at = pending.pop(); at !== undefined && found.length < MAX_FILES; at = pending.pop()) {
    for (const entry of readdirSync(at, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (SKIPPED.has(entry.name)) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile() && statSync(path).size <= MAX_BYTES) found.push(path);
    }
  }
  return found;
}
