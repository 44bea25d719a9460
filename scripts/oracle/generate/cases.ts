/** `--generate N --seed S`: rules about code, over targets that hold this code and what is nearly it. */
import { stringify } from 'yaml';
import type { Case, Shown } from '../case.ts';
import { type Block, type Statement, writeStatement } from './code.ts';
import { definition, IMPORTS, statement } from './python.ts';
import { createRandom, type Random } from './random.ts';
import { formula, messageFor } from './rule.ts';

/** How many rules are asked of one target. */
const RULES_A_TARGET = 5;

export function generateCases(count: number, seed: number, shown: Shown): Case[] {
  const random = createRandom(seed);
  const cases: Case[] = [];
  while (cases.length < count) {
    const definitions = Array.from({ length: 4 }, (_, i) => definition(random, i + 1) as Block);
    const target = { path: 'target.py', bytes: new TextEncoder().encode(writeTarget(random, definitions)) };
    for (let i = 0; i < RULES_A_TARGET && cases.length < count; i++) {
      const asked = formula({ random, definition: random.pick(definitions) });
      const message = messageFor(JSON.stringify(asked));
      const rule = { id: 'generated', message, severity: 'ERROR', languages: ['python'], ...asked };
      const name = `seed ${seed}, pair ${cases.length + 1}`;
      cases.push({ name, rules: { path: 'generated.yaml', text: stringify({ rules: [rule] }) }, target, shown });
    }
  }
  return cases;
}

/** The definitions, then each again with one statement that is another one. */
function writeTarget(random: Random, definitions: readonly Block[]): string {
  const imports = IMPORTS.filter(() => random.chance(0.25));
  const changed = definitions.map((one) => ({ ...one, body: change(random, one.body) }));
  const top = Array.from({ length: random.below(4) }, () => statement(random, 1)).filter(
    ({ kind }) => kind === 'do' || kind === 'assign',
  );
  return `${[...imports, ...[...top, ...definitions, ...changed].map((one) => writeStatement(one))].join('\n')}\n`;
}

function change(random: Random, body: readonly Statement[]): Statement[] {
  const at = random.below(body.length);
  return body.map((one, i) => (i === at ? statement(random, 1) : one));
}
