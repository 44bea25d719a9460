/** `npm run forms`: writes the expressions of rules/secrets out, each from the short form in the comment above it. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const SECRET_RULES = fileURLToPath(new URL('../rules/secrets', import.meta.url));

const Fragments = z.record(z.string(), z.strictObject({ reads: z.string().min(1), regex: z.string().min(1) }));
/** By name. */
export type Fragments = z.infer<typeof Fragments>;

/** RE2 has a number in such braces, so a name in them is always a fragment's. */
const NAME = /\{([a-z][a-z-]*)\}/g;
/** The comment, whose further lines are set in, and the literal below it: the value of a key or an item of a list. */
const FORM = /^([ \t]*# form: (.+(?:\n[ \t]*# {2}.+)*)\n[ \t]*(?:\w+ = )?)'''(.*?)'''/gm;
const FURTHER_LINE = /\n[ \t]*# +/g;

export function readFragments(): Fragments {
  return Fragments.parse(parse(readFileSync(join(SECRET_RULES, 'shared.forms.yaml'), 'utf8')));
}

/** The names of the fragments that a form uses. */
export function namesIn(form: string): string[] {
  return [...form.matchAll(NAME)].map(([, name]) => name!);
}

/** The expression that a form stands for; `within` are the fragments being written out. */
export function expand(form: string, fragments: Fragments, within: readonly string[] = []): string {
  return form.replaceAll(NAME, (_, name: string) => {
    const fragment = fragments[name];
    if (fragment === undefined) throw new Error(`shared.forms.yaml has no fragment "${name}"`);
    if (within.includes(name)) throw new Error(`the fragment "${name}" uses itself`);
    return expand(fragment.regex, fragments, [...within, name]);
  });
}

/** A detectors' file with the expression below each form that `write` makes of it. */
export function mapForms(toml: string, write: (form: string) => string): string {
  return toml.replaceAll(FORM, (_, before: string, form: string) => {
    return `${before}'''${write(form.replaceAll(FURTHER_LINE, ''))}'''`;
  });
}

if (import.meta.main) {
  const fragments = readFragments();
  for (const name of readdirSync(SECRET_RULES).filter((file) => file.endsWith('.toml'))) {
    const path = join(SECRET_RULES, name);
    const text = readFileSync(path, 'utf8');
    const written = mapForms(text, (form) => expand(form, fragments));
    if (written === text) continue;
    writeFileSync(path, written);
    console.log(`rules/secrets/${name}`);
  }
}
