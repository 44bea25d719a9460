/** `npm run oracle -- [code|secrets|expressions] …`: Assay's engines beside the programs whose rule languages they run. Described in docs/oracle.md. */
import { codeOracle } from './oracle/code.ts';
import { expressionsOracle } from './oracle/expressions.ts';
import { secretsOracle } from './oracle/secrets.ts';

const ORACLES: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  code: codeOracle,
  expressions: expressionsOracle,
  secrets: secretsOracle,
};

const [first = '', ...rest] = process.argv.slice(2);
const named = ORACLES[first];
process.exitCode = await (named === undefined ? codeOracle([first, ...rest].filter(Boolean)) : named(rest));
