/** Holds a rule's findings against the annotations of its target: what a rule's author promises, checked. */

/** Which rules must find something, or must not, on a line; lines count from 1. */
export interface Annotation {
  readonly kind: 'ruleid' | 'ok';
  readonly ruleId: string;
  /** The line of code that it speaks of. */
  readonly line: number;
}

export interface RuleCheck {
  readonly ruleId: string;
  readonly passed: boolean;
  /** How many lines the target says must be found, and how many must not. */
  readonly positives: number;
  readonly negatives: number;
  /** Lines where a finding was promised and there is none. */
  readonly missing: readonly number[];
  /** Lines where there is a finding that was not promised. */
  readonly unexpected: readonly number[];
}

export interface RuleTest {
  /** The rules under test; findings and annotations of others do not count. */
  readonly ruleIds: readonly string[];
  readonly annotations: readonly Annotation[];
  readonly findings: readonly { readonly ruleId: string; readonly line: number }[];
  /** Lines that a `todoruleid` or `todook` speaks of: nothing is asked of them. */
  readonly ignored: ReadonlyMap<number, readonly string[]>;
}

/** A line of a cell, as a notebook stores it. */
const CELL_LINE = /^\s*"(.*?)(?:\\n)?",?\s*$/;
/** Semgrep knows these signs of a comment, and takes one at the end of a line as well. */
const ANNOTATION =
  /(?:#|\/\/|<!--|\(\*)\s*(ruleid|ok|todoruleid|todook|proruleid|deepruleid|prook|deepok)\s*:\s*([\w.,\s/-]+?)\s*(?:-->|\*\))?\s*$/;

/** An annotation speaks of the next line, or where annotations stand one below the other, of the line after the last. */
export function readAnnotations(text: string): Pick<RuleTest, 'annotations' | 'ignored'> {
  const annotations: Annotation[] = [];
  const ignored = new Map<number, string[]>();
  let waiting: { kind: string; ruleId: string }[] = [];
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    const code = CELL_LINE.exec(line)?.[1] ?? line;
    const found = ANNOTATION.exec(code);
    if (found === null || code.slice(0, found.index).trim() !== '') {
      for (const { kind, ruleId } of waiting) {
        if (kind === 'ruleid' || kind === 'ok') annotations.push({ kind, ruleId, line: i + 1 });
        else ignored.set(i + 1, [...(ignored.get(i + 1) ?? []), ruleId]);
      }
      waiting = [];
    }
    const ids = (found?.[2] ?? '').split(/[\s,]+/).filter((id) => id !== '');
    waiting.push(...ids.map((ruleId) => ({ kind: found![1]!, ruleId })));
  }
  return { annotations, ignored };
}

/** One result for each rule: every promised line has a finding, and no other line has one. */
export function checkAnnotations({ ruleIds, annotations, findings, ignored }: RuleTest): RuleCheck[] {
  return ruleIds.map((ruleId) => {
    const own = annotations.filter((annotation) => annotation.ruleId === ruleId);
    const promised = linesOf(own.filter((annotation) => annotation.kind === 'ruleid'));
    const found = linesOf(findings.filter((finding) => finding.ruleId === ruleId));
    const missing = promised.filter((line) => !found.includes(line));
    const unexpected = found.filter((line) => !promised.includes(line) && !(ignored.get(line) ?? []).includes(ruleId));
    const negatives = own.length - own.filter((annotation) => annotation.kind === 'ruleid').length;
    const passed = missing.length === 0 && unexpected.length === 0;
    return { ruleId, passed, positives: promised.length, negatives, missing, unexpected };
  });
}

function linesOf(list: readonly { readonly line: number }[]): number[] {
  return [...new Set(list.map(({ line }) => line))].sort((a, b) => a - b);
}
