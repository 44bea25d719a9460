/** `npm run bench [-- --pulls N] [-- --tree DIR]`: prints its figures as JSON. */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureReviews } from './reviews.ts';
import { findTree, measureScan } from './scan.ts';

const { values } = parseArgs({
  options: { pulls: { type: 'string', default: '200' }, tree: { type: 'string' }, only: { type: 'string' } },
});
const pulls = Number(values.pulls);
const organisations = Math.max(1, Math.round(pulls / 4));
const tree = findTree(values.tree);
const wants = (part: string) => values.only === undefined || values.only === part;

const figures = {
  machine: { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version },
  // GitHub asks Apps to leave a second between two writes; without it, what the machine itself can do shows.
  ...(wants('reviews')
    ? {
        reviews: {
          paced: await measureReviews(pulls, organisations, 1_000),
          unpaced: await measureReviews(pulls, organisations, 0),
        },
      }
    : {}),
  ...(wants('scan') ? { scan: tree === null ? 'no tree: name one with --tree' : measureScan(tree) } : {}),
};
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
process.exit(0);
