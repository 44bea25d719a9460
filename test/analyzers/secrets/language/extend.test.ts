/** What a file takes over from those that it extends, and how far that goes. */
import { describe, expect, it } from 'vitest';
import { MAX_EXTENDED, readRules } from '#analyzers/secrets/language/rule-config.ts';

const file = (path: string, text: string) => ({ path, text });

describe('a file that extends another', () => {
  it('adds its keywords, tags and allowlists to a rule of the same id, and replaces what else it says', () => {
    const base = `[[rules]]\nid = "acme"\ndescription = "old"\nregex = "a_[a-z]+"\nkeywords = ["a_"]\ntags = ["x"]\nentropy = 2\n`;
    const own = `[extend]\npath = "base.toml"\n[[rules]]\nid = "acme"\ndescription = "new"\nkeywords = ["acme"]\ntags = ["severity:low"]\n`;
    const { rules } = readRules([file('team.toml', own)], { readExtended: () => base });
    expect(rules).toMatchObject([
      { keywords: ['a_', 'acme'], entropy: 2, info: { message: 'new', severity: 'low', source: 'team.toml' } },
    ]);
  });

  it('may stand before as many files as Gitleaks reads, and no more', () => {
    const read = (files: number) => {
      const text = (depth: number) =>
        `[[rules]]\nid = "r${depth}"\nregex = "r${depth}"\n${depth < files ? `[extend]\npath = "${depth + 1}"\n` : ''}`;
      const { rules, problems } = readRules([file('0', text(0))], { readExtended: (path) => text(Number(path)) });
      return { ids: rules.map(({ info }) => info.id).sort(), problems: problems.map(({ message }) => message) };
    };
    expect(MAX_EXTENDED).toBe(2);
    expect(read(2)).toEqual({ ids: ['r0', 'r1', 'r2'], problems: [] });
    expect(read(3)).toEqual({
      ids: ['r0', 'r1', 'r2'],
      problems: ['"path": this is more than 2 files behind the first'],
    });
  });

  it('takes over the lists that stand for the default, for the rules that it adds', () => {
    const lists = { ...file('lists.toml', `[[allowlists]]\npaths = ['\\.lock$']\n`), shipped: true };
    const ours = file('ours.toml', `[[rules]]\nid = "ours"\nregex = "o_[a-z]+"\n`);
    const added = `[[rules]]\nid = "added"\nregex = "a_[a-z]+"\n`;
    const listsOf = (team: string) =>
      Object.fromEntries(
        readRules([ours, lists, file('team.toml', team)]).rules.map(({ info, allowlists }) => [
          info.id,
          allowlists.length,
        ]),
      );
    expect(listsOf(`[extend]\nuseDefault = true\n${added}`)).toEqual({ ours: 0, added: 1 });
    expect(listsOf(added)).toEqual({ ours: 0, added: 0 });
  });

  it('says of a list for a rule that it does not extend that there is none, also where it has no rule of its own', () => {
    const { problems } = readRules([file('team.toml', `[[allowlists]]\ntargetRules = ["ours"]\npaths = ['x']\n`)]);
    expect(problems.map(({ message }) => message)).toEqual(['"targetRules": there is no rule "ours"']);
  });
});
