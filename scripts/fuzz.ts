/** `npm run fuzz -- --seed S --seconds N [--only CASE] [FOLDER …]`: throws what nobody would write at the rule engine. */
import { parseArgs } from 'node:util';
import { makeCase } from './fuzz/cases.ts';
import { readCorpus } from './fuzz/corpus.ts';
import { createRunner } from './fuzz/runner.ts';

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string' }, seconds: { type: 'string' }, only: { type: 'string' } },
  allowPositionals: true,
});
const seed = Number(values.seed ?? 1);
const seconds = Number(values.seconds ?? 60);
const corpus = readCorpus(positionals.length > 0 ? positionals : ['rules', 'test', 'src']);
if (![seed, seconds].every(Number.isFinite) || corpus.rules.length === 0 || corpus.texts.length === 0) {
  console.error(
    'usage: npm run fuzz -- [--seed NUMBER] [--seconds NUMBER] [--only CASE] [FOLDER with rules and code …]',
  );
  process.exit(2);
}

const runner = createRunner();
const end = performance.now() + seconds * 1_000;
const numbers = values.only === undefined ? null : [Number(values.only)];
let asked = 0;
let wrongs = 0;
for (let number = 0; numbers === null ? performance.now() < end : asked < numbers.length; number++) {
  const one = makeCase(seed, numbers?.[0] ?? number, corpus);
  const { wrong } = await runner.run(one);
  asked++;
  if (wrong === null) continue;
  wrongs++;
  console.log(`${one.name}: ${wrong}`);
  console.log(`  again: npm run fuzz -- --seed ${seed} --only ${one.name.split(' ')[0]} ${positionals.join(' ')}`);
}
await runner.close();
console.log(`${asked} cases with seed ${seed}, ${wrongs} wrong`);
process.exitCode = wrongs === 0 ? 0 : 1;
