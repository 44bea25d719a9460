/** The way of tainted data, from its source to its sink, in every form that a verdict is published in. */
import { describe, expect, it } from 'vitest';
import type { Location } from '#domain/location.ts';
import { toAnnotations } from '#publish/annotations.ts';
import { renderJson } from '#publish/json.ts';
import { renderSarif } from '#publish/sarif.ts';
import { renderText } from '#publish/terminal.ts';
import { finding } from '#test/policy/judged.ts';
import { emptyVerdict, LINKS } from '#test/publish/verdicts.ts';

const at = (line: number, change: Partial<Location> = {}): Location => ({
  path: 'train.py',
  startLine: line,
  startColumn: 5,
  endLine: line,
  endColumn: 9,
  ...change,
});
const flow = (...trace: Location[]) => emptyVerdict({ advisory: [finding({ trace })] });
const meta = { version: '1.2.3', base: LINKS.mergeBase, head: LINKS.head };

describe('the way of tainted data', () => {
  it('is drawn by code scanning, step by step', () => {
    const [result] = JSON.parse(renderSarif(flow(at(3), at(5), at(14)), meta)).runs[0].results;
    const steps = result.codeFlows[0].threadFlows[0].locations.map(({ location }: never) => location);
    expect(steps).toMatchObject([
      { message: { text: 'source' }, physicalLocation: { region: { startLine: 3, startColumn: 5 } } },
      { message: { text: 'passed on' }, physicalLocation: { region: { startLine: 5 } } },
      { message: { text: 'sink' }, physicalLocation: { region: { startLine: 14 } } },
    ]);
  });

  it('stands in JSON as a list of places', () => {
    const [only] = JSON.parse(renderJson(flow(at(3), at(14)), meta)).findings;
    expect(only.trace).toEqual(
      [3, 14].map((line) => ({
        path: 'train.py',
        start_line: line,
        start_column: 5,
        end_line: line,
        end_column: 9,
      })),
    );
  });

  it('is told by its lines on a terminal and in an annotation', () => {
    const verdict = flow(at(3), at(5), at(5), at(14));
    expect(renderText(verdict, { color: false })).toContain('\n    source line 3 → line 5 → sink line 14\n');
    const [annotation] = toAnnotations(verdict);
    expect(annotation!.message).toContain('\n\nData flow: source line 3 → line 5 → sink line 14\n\n');
  });

  it('names the cells of a notebook', () => {
    const cell = (number: number, line: number) => ({ number, execution: null, line });
    const verdict = flow(at(90, { cell: cell(1, 2) }), at(120, { cell: cell(4, 1) }));
    expect(renderText(verdict, { color: false })).toContain('source cell 1, line 2 → sink cell 4, line 1');
  });

  it('is told by its beginning and its end when it is long', () => {
    const verdict = flow(...Array.from({ length: 20 }, (_, i) => at(i + 1)));
    expect(renderText(verdict, { color: false })).toContain(
      'source line 1 → line 2 → line 3 → line 4 → … → line 17 → line 18 → line 19 → sink line 20',
    );
  });

  it('is not told where there is nothing to tell', () => {
    for (const verdict of [flow(), flow(at(14), at(14)), emptyVerdict({ advisory: [finding()] })]) {
      expect(renderText(verdict, { color: false })).not.toContain('source');
      expect(toAnnotations(verdict)[0]!.message).not.toContain('Data flow');
    }
  });
});
