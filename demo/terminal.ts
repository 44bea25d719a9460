/** The check run as text: its title, and the annotations by file and line. */
import { styleText } from 'node:util';
import type { CheckRun } from '#test/support/fake-github/state.ts';

const COLORS = { failure: 'red', warning: 'yellow', notice: 'blue' } as const;
const WIDTH = 110;

export function renderReview(check: CheckRun, { color }: { color: boolean }): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const lines = [`${paint('bold', `Check run Assay: ${check.conclusion}`)} · ${check.output.title}`];
  const annotations = check.annotations.toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.start_line - b.start_line,
  );
  for (const { path, start_line, annotation_level, title, message } of annotations) {
    lines.push(
      '',
      `${paint(COLORS[annotation_level], annotation_level.padEnd(7))}  ${paint('bold', `${path}:${start_line}`)}  ${title ?? ''}`,
    );
    lines.push(
      ...message
        .split('\n')
        .flatMap((line) => wrap(line, WIDTH - 9))
        .map((line) => `         ${line}`.trimEnd()),
    );
  }
  return lines.join('\n');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
