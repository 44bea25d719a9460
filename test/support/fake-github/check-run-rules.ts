/** What GitHub refuses in a check run although its description of the API does not say so in schemas. */
import type { Annotation, CheckRun } from './state.ts';

/** https://docs.github.com/rest/checks/runs#create-a-check-run */
const TITLE_CHARACTERS = 255;
const MESSAGE_BYTES = 64 * 1024;

export interface CheckRunBody {
  readonly name?: string;
  readonly head_sha?: string;
  readonly details_url?: string;
  readonly external_id?: string;
  readonly status?: CheckRun['status'];
  readonly conclusion?: string;
  readonly started_at?: string;
  readonly completed_at?: string;
  readonly output?: {
    readonly title?: string;
    readonly summary?: string;
    readonly text?: string;
    readonly annotations?: readonly Annotation[];
  };
  readonly actions?: readonly unknown[];
}

/** Clauses that name the place; empty when GitHub would take it. */
export function checkRunProblems(body: CheckRunBody, current: CheckRun | null): string[] {
  const problems: string[] = [];
  if (body.name === '') problems.push('name is empty');
  if (body.conclusion === 'stale') problems.push('conclusion "stale" is set by GitHub alone');
  const concluded = body.conclusion !== undefined || (current?.conclusion ?? null) !== null;
  if (body.status === 'completed' && !concluded) problems.push('status "completed" comes without a conclusion');
  if (body.conclusion !== undefined && (body.status ?? 'completed') !== 'completed') {
    problems.push(`a conclusion comes with status "${body.status}"`);
  }
  for (const [index, annotation] of (body.output?.annotations ?? []).entries()) {
    problems.push(...annotationProblems(annotation).map((problem) => `output.annotations[${index}]: ${problem}`));
  }
  return problems;
}

function annotationProblems(annotation: Annotation): string[] {
  const { path, start_line, end_line, start_column, end_column } = annotation;
  const columns = start_column !== undefined || end_column !== undefined;
  const checks: [boolean, string][] = [
    [path === '' || path.startsWith('/'), `path ${JSON.stringify(path)} is not relative to the repository`],
    [start_line < 1 || end_line < start_line, `lines ${start_line} to ${end_line} are no range`],
    [columns && start_line !== end_line, 'columns are given for more than one line'],
    [(start_column ?? 1) < 1 || (end_column ?? 1) < 1, 'a column below 1'],
    [
      (end_column ?? Number.POSITIVE_INFINITY) < (start_column ?? 1),
      `columns ${start_column} to ${end_column} are no range`,
    ],
    [annotation.message === '', 'message is empty'],
    [Buffer.byteLength(annotation.message) > MESSAGE_BYTES, 'message is longer than 64 KB'],
    [[...(annotation.title ?? '')].length > TITLE_CHARACTERS, 'title is longer than 255 characters'],
    [Buffer.byteLength(annotation.raw_details ?? '') > MESSAGE_BYTES, 'raw_details is longer than 64 KB'],
  ];
  return checks.filter(([broken]) => broken).map(([, problem]) => problem);
}
