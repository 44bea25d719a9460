/** A rule's `options`, read against those that are known; as in Semgrep, a name that is not known says nothing. */
import { z } from 'zod';
import { DEFAULT_OPTIONS, type RuleOptions } from '#analyzers/sast/options.ts';

const Flag = z.union(
  [z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')],
  'expected true or false',
);
const Pair = z.tuple([z.string(), z.string()]);

const OPTION_SHAPES: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(
    Object.entries(DEFAULT_OPTIONS)
      .filter(([, value]) => typeof value === 'boolean')
      .map(([name]) => [name, Flag]),
  ),
  generic_engine: z.enum(['spacegrep', 'aliengrep']),
  generic_ellipsis_max_span: z.int().min(0),
  generic_comment_style: z.enum(['c', 'cpp', 'shell']),
  generic_braces: z.array(Pair),
  generic_extra_braces: z.array(Pair),
  generic_extra_word_characters: z.array(z.string()),
  taint_focus_on: z.enum(['source', 'sink']),
};

const OLD_NAMES: Readonly<Record<string, string>> = { taint_match_on: 'taint_focus_on' };

export interface OptionProblem {
  readonly key: string;
  readonly kind: 'invalid';
  readonly message: string;
}

export function readOptions(given: unknown): RuleOptions | OptionProblem[] {
  if (given === undefined || given === null) return DEFAULT_OPTIONS;
  if (typeof given !== 'object' || Array.isArray(given))
    return [{ key: '', kind: 'invalid', message: '`options`: expected keys and values' }];
  const problems: OptionProblem[] = [];
  const options: Record<string, unknown> = { ...DEFAULT_OPTIONS };
  for (const [key, value] of Object.entries(given)) {
    const name = OLD_NAMES[key] ?? key;
    const parsed = OPTION_SHAPES[name]?.safeParse(value);
    if (parsed === undefined) continue;
    if (!parsed.success)
      problems.push({ key, kind: 'invalid', message: `\`${key}\`: ${parsed.error.issues[0]!.message}` });
    else options[name] = parsed.data;
  }
  return problems.length > 0 ? problems : (options as unknown as RuleOptions);
}
