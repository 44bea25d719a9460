#!/usr/bin/env node
/** The command line's entry: dispatch, and the exit code. */
import { USAGE } from '#commands/usage.ts';
import { readVersion } from '#commands/version.ts';
import { AppError } from '#domain/errors.ts';
import { withoutRandomWords } from '#domain/random-words.ts';

type Command = (args: readonly string[]) => Promise<number>;

/** Loaded when called for, so that each starts as fast as it can. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  review: async () => (await import('#commands/review.ts')).reviewCommand,
  scan: async () => (await import('#commands/scan.ts')).scanCommand,
  test: async () => (await import('#commands/test.ts')).testCommand,
  rules: async () => (await import('#commands/rules.ts')).rulesCommand,
};

const CLEAN = 0;
const MISUSE = 2;
const BUG = 3;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-v') {
    process.stdout.write(`${readVersion()}\n`);
    return CLEAN;
  }
  const wantsHelp =
    name === '--help' || name === '-h' || name === 'help' || args.includes('--help') || args.includes('-h');
  if (name === undefined || wantsHelp) {
    (name === undefined ? process.stderr : process.stdout).write(USAGE);
    return name === undefined ? MISUSE : CLEAN;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) throw new AppError('usage', `unknown command ${JSON.stringify(name)}; try assay --help`);
  return (await load())(args);
}

// Who reads no further (`assay … | head`) has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(CLEAN);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof AppError) {
    process.stderr.write(`assay: ${error.message}\n`);
    process.exitCode = MISUSE;
  } else {
    // Its message may quote what it failed on.
    process.stderr.write(
      `assay: this is a fault of Assay's, please report it:\n${withoutRandomWords((error as Error)?.stack ?? String(error))}\n`,
    );
    process.exitCode = BUG;
  }
}
