/** Asks Go's regexp, where Go is installed. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ListedExpression } from './listed.ts';

const PROGRAM = fileURLToPath(new URL('answer.go', import.meta.url));
/** Bytes of JSON that one run may print. */
const MAX_OUTPUT = 1 << 30;

/** For each text its matches, each as pairs of offsets: the match itself and its groups. Matches without a character are left out. */
const Answer = z.object({
  error: z.string().optional(),
  matches: z.array(z.array(z.array(z.number()))).nullable(),
  secrets: z.array(z.array(z.array(z.number()))).nullable(),
});
export type Answer = z.infer<typeof Answer>;

export interface Question {
  readonly expression: ListedExpression;
  readonly texts: readonly Buffer[];
}

/** Null when Go is not installed. Offsets are bytes. */
export function askGo(questions: readonly Question[]): Answer[] | null {
  const input = questions.map(({ expression: { source, rule }, texts }) =>
    JSON.stringify({
      Source: source,
      Detector: rule !== null,
      Keywords: rule?.keywords ?? [],
      Group: rule?.secretGroup ?? 0,
      Texts: texts.map((text) => text.toString('base64')),
    }),
  );
  const { error, status, stdout, stderr } = spawnSync('go', ['run', PROGRAM], {
    input: `${input.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  });
  if (error !== undefined) return null;
  if (status !== 0) throw new Error(`go failed: ${stderr.slice(-500)}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => Answer.parse(JSON.parse(line)));
}
