/** Command-line arguments, parsed strictly: what is not known is named, and nothing is guessed. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { AppError } from '#domain/errors.ts';
import { SEVERITIES, type Severity } from '#domain/severity.ts';

export const FORMATS = ['text', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

export interface OutputOptions {
  readonly format: Format;
  readonly output: string | null;
  /** null: what the policy says. */
  readonly failOn: Severity | 'never' | null;
  readonly rules: readonly string[];
  readonly onlyRules: readonly string[];
}

/** The options that `review` and `scan` share. */
export const OUTPUT_OPTIONS = {
  format: { type: 'string', default: 'text' },
  output: { type: 'string' },
  'fail-on': { type: 'string' },
  rules: { type: 'string', multiple: true, default: [] as string[] },
  'only-rules': { type: 'string', multiple: true, default: [] as string[] },
} satisfies ParseArgsConfig['options'];

/** @throws AppError `usage` with the argument that is wrong. */
export function parseArguments<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    // parseArgs appends advice about `--` that only confuses beside our own.
    const [message = ''] = (cause as Error).message.split(/\n|\. (?:To specify|Did you)/);
    throw new AppError('usage', message.replace(/\.$/, ''), { cause });
  }
}

interface OutputValues {
  readonly format: string;
  readonly output?: string | undefined;
  readonly 'fail-on'?: string | undefined;
  readonly rules: readonly string[];
  readonly 'only-rules': readonly string[];
}

export function readOutputOptions(values: OutputValues): OutputOptions {
  const failOn = values['fail-on'];
  return {
    format: oneOf('--format', values.format, FORMATS),
    output: values.output ?? null,
    failOn: failOn === undefined ? null : oneOf('--fail-on', failOn, [...SEVERITIES, 'never'] as const),
    rules: values.rules,
    onlyRules: values['only-rules'],
  };
}

function oneOf<const T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((name) => name === value);
  if (found === undefined) throw new AppError('usage', `${option} ${value}: expected one of ${allowed.join(', ')}`);
  return found;
}
