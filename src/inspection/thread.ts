/** The worker thread's entry: makes the analyzers once, then inspects one file after another. */
import { parentPort, workerData } from 'node:worker_threads';
import { createRecent } from '#analyzers/recent.ts';
import { createAnalyzers, createTeamAnalyzers } from '#analyzers/registry.ts';
import { TEAMS_KEPT, type ThreadData, type ThreadMessage, type ThreadReply } from '#analyzers/run.ts';
import type { Analyzer } from '#domain/analyzer.ts';
import type { RulesReport } from '#domain/rule.ts';
import { inspect } from './inspect.ts';

const { rulebook, fingerprintKey, softLimitMs } = workerData as ThreadData;
const analyzers = await createAnalyzers(rulebook, fingerprintKey);
const port = parentPort!;

const teams = createRecent<readonly Analyzer[]>(TEAMS_KEPT);

async function analyzersFor(team: ThreadMessage['team']): Promise<readonly Analyzer[]> {
  if (team === null) return analyzers;
  if (team.rules !== null)
    teams.set(team.digest, await createTeamAnalyzers(analyzers, rulebook, fingerprintKey, team.rules));
  return teams.get(team.digest)!;
}

function reportOn(some: readonly Analyzer[]): RulesReport {
  return { rules: some.flatMap(({ rules }) => rules), problems: some.flatMap(({ problems }) => problems) };
}

port.on('message', async ({ id, task, team }: ThreadMessage) => {
  const used = await analyzersFor(team);
  const result =
    task === null
      ? reportOn(used.filter((analyzer) => !analyzers.includes(analyzer)))
      : inspect(task, used, softLimitMs);
  port.postMessage({ kind: 'done', id, result } satisfies ThreadReply);
});
port.postMessage({ kind: 'ready', rules: reportOn(analyzers) } satisfies ThreadReply);
