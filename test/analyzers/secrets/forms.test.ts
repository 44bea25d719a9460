/** The detectors' expressions are made of shared fragments, each of which is written once, in rules/secrets/shared.forms.yaml. */
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { expand, type Fragments, mapForms, namesIn, readFragments } from '#scripts/forms.ts';
import { listRuleFiles } from './support.ts';

/** Characters; a copy of less is no wall of text. */
const LONG = 60;

interface Listed {
  readonly allowlists?: readonly { readonly targetRules?: readonly string[] }[];
}

const fragments = readFragments();
const files = listRuleFiles().map(({ rules }) => rules);

describe('the shipped detectors', () => {
  it('have below each form the expression that it makes', () => {
    for (const { path, text } of files) {
      const written = mapForms(text, (form) => expand(form, fragments));
      expect(written, `${path}: an expression is not what its form makes: \`npm run forms\``).toBe(text);
    }
  });

  it('name a long fragment instead of copying it', () => {
    const long = Object.keys(fragments)
      .map((name) => ({ name, regex: expand(`{${name}}`, fragments) }))
      .filter(({ regex }) => regex.length > LONG);
    for (const { path, text } of files) {
      const own = mapForms(text, () => '');
      const copied = long.filter(({ regex }) => own.includes(regex)).map(({ name }) => `{${name}}`);
      const advice = 'write `# form: …` above the expression with the name for the copy, then `npm run forms`';
      expect(copied, `${path}: ${advice}`).toEqual([]);
    }
  });

  it('have no comment that says form and stands above no expression', () => {
    for (const { path, text } of files) {
      let forms = 0;
      mapForms(text, () => `${++forms}`);
      expect(text.split('# form:').length - 1, path).toBe(forms);
    }
  });

  it('say an allowlist once in a file, with `targetRules`', () => {
    for (const { path, text } of files) {
      const { rules = [], allowlists = [] } = parse(text) as unknown as { rules?: Listed[] } & Listed;
      const lists = [...rules.flatMap((rule) => rule.allowlists ?? []), ...allowlists];
      const said = lists.map(({ targetRules, ...list }) => JSON.stringify(list));
      expect([...new Set(said)], path).toEqual(said);
    }
  });

  it('use every fragment', () => {
    const used = new Set(Object.values(fragments).flatMap(({ regex }) => namesIn(regex)));
    for (const { text } of files) {
      mapForms(text, (form) => {
        for (const name of namesIn(form)) used.add(name);
        return '';
      });
    }
    expect([...used].sort()).toEqual(Object.keys(fragments).sort());
  });
});

describe('a form', () => {
  const own: Fragments = {
    end: { reads: 'the end of a value', regex: '(?:\\W|$)' },
    hex: { reads: 'hex digits', regex: '[0-9a-f]{32}{end}' },
    loop: { reads: 'nothing', regex: '{loop}' },
  };

  it('names fragments, which name others', () => {
    expect(expand('acme={hex}', own)).toBe('acme=[0-9a-f]{32}(?:\\W|$)');
  });

  it('stands above the value of a key or an item of a list, on as many lines as it needs', () => {
    const write = (toml: string) => mapForms(toml, (form) => expand(form, own));
    expect(write("# form: a{end}\nregex = ''''''\nkeywords = []")).toBe(
      "# form: a{end}\nregex = '''a(?:\\W|$)'''\nkeywords = []",
    );
    expect(write("regexes = [\n  # form: a\n  #   |b{end}\n  '''old''',\n]")).toBe(
      "regexes = [\n  # form: a\n  #   |b{end}\n  '''a|b(?:\\W|$)''',\n]",
    );
  });

  it('cannot name what is not there, nor go in circles', () => {
    expect(() => expand('{ent}', own)).toThrow('no fragment "ent"');
    expect(() => expand('{loop}', own)).toThrow('"loop" uses itself');
  });
});
