/** `npm run bench [-- --pulls N] [-- --tree DIR] [-- --only PART] [-- --config FILE]`: prints its figures as JSON. */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureEngine } from './engine.ts';
import { measureHostile } from './hostile.ts';
import { measureReviews } from './reviews.ts';
import { findTree, measureScan } from './scan.ts';
import { measureSecrets } from './secrets.ts';
import { measureStart } from './start.ts';

const { values } = parseArgs({
  options: {
    pulls: { type: 'string', default: '200' },
    tree: { type: 'string' },
    only: { type: 'string' },
    config: { type: 'string' },
  },
});
/** Webhooks a second. */
const STEADY_RATE = 5;

const pulls = Number(values.pulls);
const organisations = Math.max(1, Math.round(pulls / 4));
const tree = findTree(values.tree);
const wants = (part: string) => values.only === undefined || values.only === part;
/** Takes some minutes, and is asked for by its name: `hostile`, or `hostile:bomb` for the inputs with that word in their names. */
const hostile = /^hostile(?::(.*))?$/.exec(values.only ?? '');

const figures = {
  machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
  ...(wants('reviews')
    ? {
        reviews: {
          // What the machine can do: nothing waits for GitHub's sake.
          capacity: await measureReviews({ pulls, organisations, writeSpacingMs: 0, rate: 0 }),
          // What people see on a busy day, with the second between two writes that GitHub asks for.
          steady: await measureReviews({ pulls, organisations, writeSpacingMs: 1_000, rate: STEADY_RATE }),
        },
      }
    : {}),
  ...(wants('scan') ? { scan: tree === null ? 'no tree: name one with --tree' : measureScan(tree) } : {}),
  ...(wants('start') ? { start: measureStart() } : {}),
  ...(wants('engine') ? { engine: tree === null ? 'no tree: name one with --tree' : await measureEngine(tree) } : {}),
  ...(hostile ? { hostile: measureHostile(hostile[1]) } : {}),
  ...(wants('secrets')
    ? { secrets: tree === null ? 'no tree: name one with --tree' : await measureSecrets(tree, values.config) }
    : {}),
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
process.exit(0);
