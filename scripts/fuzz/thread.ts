/** Runs one case after the other in a thread of its own, which may be ended from outside. */
import { parentPort } from 'node:worker_threads';
import { createSastAnalyzer } from '#analyzers/sast/sast.ts';
import { startBudget, threadTime } from '#domain/thread-time.ts';
import type { Answer, Case } from './case.ts';

const port = parentPort!;
let last: { readonly rules: string; readonly analyzer: ReturnType<typeof createSastAnalyzer> } | null = null;

port.on('message', async ({ rules, language, text, budgetMs }: Case) => {
  port.postMessage(await answer());

  async function answer(): Promise<Answer> {
    try {
      const began = threadTime();
      if (last?.rules !== rules) last = { rules, analyzer: createSastAnalyzer([{ path: 'rules.yaml', text: rules }]) };
      const analyzer = await last.analyzer;
      const loaded = threadTime();
      const part = { path: 'text', kind: 'source', language, text, locate: () => ({ line: 1, column: 1 }) } as const;
      const analysis = analyzer.analyze(part, startBudget(budgetMs));
      return {
        kind: 'done',
        loadMs: loaded - began,
        analyzeMs: threadTime() - loaded,
        rules: analyzer.rules.length,
        problems: analyzer.problems.map(({ line, column, message }) => `${line}:${column} ${message}`),
        found: analysis.matches.length,
        said: [analysis.stopped, analysis.cut, analysis.syntaxError].filter((one) => one !== undefined),
      };
    } catch (error) {
      return { kind: 'failed', message: (error as Error).stack ?? String(error) };
    }
  }
});
