/** What runs for a review where a team has files of its own: their rules, or ours where theirs cannot be made. */
import { expect, it } from 'vitest';
import type { InspectionPool } from '#analyzers/run.ts';
import type { RuleProblem, RulesReport } from '#domain/rule.ts';
import { prepareTeam } from '#team/prepare-team.ts';
import { readTeamFiles, type TeamText } from '#team/read-team-files.ts';
import { rule } from '#test/policy/judged.ts';

const OURS = [rule('ours', { analyzer: 'secrets' }), rule('code', { analyzer: 'sast' })];
const TEXTS: Record<string, string> = {
  '.gitleaks.toml': '[extend]\npath = "a.toml"\n',
  '.gitleaksignore': 'nonsense\n',
};

const read = async (path: string): Promise<TeamText | null> =>
  path in TEXTS ? { text: TEXTS[path]!, problem: null } : null;

async function prepare(report: RulesReport) {
  const pool = { readTeamRules: async () => report } as unknown as InspectionPool;
  const { team, rules, notes, broken } = await prepareTeam(await readTeamFiles(read, true), pool, OURS);
  return { team: team !== null, rules: rules.map(({ id }) => id), notes: notes.map(({ kind }) => kind), broken };
}

it("a team's detectors take the place of ours, and rules for code stay", async () => {
  const theirs = [rule('theirs', { analyzer: 'secrets' })];
  expect(await prepare({ rules: theirs, problems: [] })).toEqual({
    team: true,
    rules: ['code', 'theirs'],
    notes: ['ineffective'],
    broken: false,
  });
});

it('where none can be made ours run, and the review is incomplete', async () => {
  const problem: RuleProblem = {
    path: '.gitleaks.toml',
    line: 1,
    column: 1,
    ruleId: null,
    kind: 'invalid',
    message: 'reading took too long',
  };
  expect(await prepare({ rules: [], problems: [problem] })).toEqual({
    team: false,
    rules: ['ours', 'code'],
    notes: ['broken', 'ineffective'],
    broken: true,
  });
});

it('files that extend each other are each asked for once', async () => {
  const asked: string[] = [];
  await readTeamFiles(async (path) => {
    asked.push(path);
    return { text: '[extend]\npath = "a.toml"\n', problem: null };
  }, true);
  expect(asked).toEqual(['.gitleaks.toml', 'a.toml', '.gitleaksignore']);
});

it.each(['../a.toml', '/etc/a.toml', 'a/../../b.toml', 'a\\u0000b', 'a'.repeat(5_000)])(
  'what a file extends is not looked for outside of the repository: %s',
  async (path) => {
    const asked: string[] = [];
    const files = await readTeamFiles(async (name) => {
      asked.push(name);
      return name === '.gitleaks.toml' ? { text: `[extend]\npath = "${path}"\n`, problem: null } : null;
    }, true);
    expect(asked).toEqual(['.gitleaks.toml', '.gitleaksignore']);
    expect(files.rules?.extended).toEqual({});
  },
);
