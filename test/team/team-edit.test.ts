/** A change that edits the team's Gitleaks files hears what that will mean: it was judged by the old ones. */
import { describe, expect, it } from 'vitest';
import type { ChangedFile } from '#domain/change-set.ts';
import type { RuleProblem, RulesReport } from '#domain/rule.ts';
import type { TeamRules } from '#domain/team-rules.ts';
import { readTeamFiles } from '#team/read-team-files.ts';
import { teamEditNotes } from '#team/team-edit.ts';

const RULE = `[[rules]]\nid = "acme"\nregex = '''acme_[a-z]{8}'''\n`;

async function notes(base: Record<string, string>, files: Partial<ChangedFile>[], problems: RuleProblem[] = []) {
  const asked: TeamRules[] = [];
  const readTeamRules = async (team: TeamRules): Promise<RulesReport> => {
    asked.push(team);
    return { rules: [], problems };
  };
  const team = await readTeamFiles(async (path) => {
    const text = base[path];
    return text === undefined ? null : { text, problem: null };
  }, true);
  const blank = { previousPath: null, status: 'modified', base: null, head: null, hunks: [] } as const;
  const changes = {
    mergeBase: '',
    head: '',
    skipped: [],
    files: files.map((file) => ({ ...blank, path: '', ...file })),
  };
  const told = await teamEditNotes(changes, team, { readTeamRules });
  return { told: told.map(({ sentence }) => sentence), asked };
}
const head = (text: string) => ({ oid: '', bytes: Buffer.from(text) });

const EDITS = 'This review used the file on the target branch; the edit counts once it is merged.';

describe('the words', () => {
  it('for a file that is edited, added, removed or moved away', async () => {
    const base = { '.gitleaks.toml': RULE };
    const first = async (file: Partial<ChangedFile>) => (await notes(base, [file])).told;
    expect(await first({ path: '.gitleaks.toml', head: head(RULE) })).toEqual([
      `This change edits \`.gitleaks.toml\`. ${EDITS}`,
    ]);
    expect(await first({ path: '.gitleaksignore', head: head('a:b:1\n'), status: 'added' })).toEqual([
      'This change adds `.gitleaksignore`. Such a file is read from the target branch only: it counts once it is merged.',
    ]);
    const removed =
      'This change removes `.gitleaks.toml`. This review still used the file on the target branch; after the merge it no longer counts.';
    expect(await first({ path: '.gitleaks.toml', status: 'removed' })).toEqual([removed]);
    expect(await first({ path: 'b.toml', previousPath: '.gitleaks.toml', status: 'renamed' })).toEqual([removed]);
    expect(await first({ path: 'docs/.gitleaks.toml', head: head('') })).toEqual([]);
  });

  it('for a file that the configuration extends', async () => {
    const base = { '.gitleaks.toml': '[extend]\npath = "./conf/acme.toml"\n', 'conf/acme.toml': RULE };
    const { told, asked } = await notes(base, [{ path: 'conf/acme.toml', head: head(`${RULE}# more\n`) }]);
    expect(told).toEqual([`This change edits \`conf/acme.toml\`. ${EDITS}`]);
    expect(Object.values(asked[0]!.extended)).toEqual([`${RULE}# more\n`]);
  });
});

describe('what would be wrong after the merge', () => {
  const problem: RuleProblem = {
    path: '.gitleaks.toml',
    line: 3,
    column: 1,
    ruleId: 'acme',
    kind: 'invalid',
    message: 'its expression is broken',
  };

  it('in a configuration, in a list of places, in bytes that are no text', async () => {
    const toml = await notes({}, [{ path: '.gitleaks.toml', head: head(RULE) }], [problem]);
    expect(toml.told.slice(1)).toEqual([
      "As this change leaves the team's Gitleaks files, not all of them could be used, and reviews after the merge would be incomplete.",
      '`.gitleaks.toml`, line 3: rule `acme`: its expression is broken. The rule did not run.',
    ]);
    const ignore = await notes({}, [{ path: '.gitleaksignore', head: head('nonsense\n') }]);
    expect(ignore.told.slice(1)).toEqual([
      expect.stringContaining('reviews after the merge would say so'),
      expect.stringContaining('`.gitleaksignore`, line 1, names no place'),
    ]);
    const bytes = await notes({}, [{ path: '.gitleaks.toml', head: { oid: '', bytes: Buffer.from([0xff, 0xfe, 1]) } }]);
    expect(bytes.told.at(-1)).toBe('`.gitleaks.toml` cannot be used: it is not UTF-8.');
  });

  it('is not guessed where a newly extended file cannot be seen', async () => {
    const text = '[extend]\npath = "other.toml"\n';
    const { told, asked } = await notes({}, [{ path: '.gitleaks.toml', head: head(text) }], [problem]);
    expect(told).toHaveLength(1);
    expect(asked).toEqual([]);
  });
});
