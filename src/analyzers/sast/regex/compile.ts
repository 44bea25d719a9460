/** Turns the tree of an expression into instructions, and leaves out the ways that could not lead anywhere. */
import { escapeClass } from './char-classes.ts';
import { type CharSet, intersect, onlyMember, union } from './char-set.ts';
import { firstOf, firstsBehind, firstsOfLater } from './first.ts';
import { fixedLength, minLength } from './measure.ts';
import * as op from './program.ts';
import type { LookNode, Node, ParsedExpression, RepeatNode } from './syntax-tree.ts';

/** What must come next; null where the match may end or anything may follow. */
type Follow = CharSet | null;

const RUNS = { greedy: op.RUN_GREEDY, lazy: op.RUN_LAZY, possessive: op.RUN_POSSESSIVE };
const VERBS = { fail: op.FAIL, prune: op.PRUNE, skip: op.SKIP, commit: op.COMMIT };

export function compileProgram(expression: ParsedExpression): op.Program {
  const code: number[] = [];
  const tables: op.CharTable[] = [];
  const tableOf = new Map<string, number>();
  const strings: string[] = [];
  const lists: (readonly number[])[] = [];
  const groupAddresses = new Map<number, number>([[0, 0]]);
  const calls: { at: number; group: number }[] = [];
  const { refersToGroups } = expression;
  const callRegister = 2 * (expression.groupCount + 1);
  let registerCount = callRegister + 1;
  const emit = (...words: number[]): number => code.push(...words) - words.length;
  const table = (set: CharSet): number => {
    const key = set.join();
    let index = tableOf.get(key);
    if (index === undefined) {
      index = tables.push(op.charTable(set)) - 1;
      tableOf.set(key, index);
    }
    return index;
  };

  function build(node: Node, follow: Follow): void {
    switch (node.kind) {
      case 'set':
        buildChar(node.set);
        return;
      case 'sequence':
        buildSequence(node.items, follow);
        return;
      case 'either':
        buildEither(node.options, follow);
        return;
      case 'repeat':
        buildRepeat(node, follow);
        return;
      case 'group':
        buildGroup(node.number, node.body, follow);
        return;
      case 'atomic':
        buildAtomic(() => build(node.body, null));
        return;
      case 'look':
        buildLook(node, false);
        return;
      case 'assert':
        emit(op.ASSERT, op.PLACES.indexOf(node.at));
        return;
      case 'reference':
        emit(op.REFERENCE, lists.push(node.groups) - 1, node.ignoreCase ? 1 : 0);
        return;
      case 'call':
        calls.push({ at: emit(op.CALL, 0, node.group) + 1, group: node.group });
        return;
      case 'condition':
        buildCondition(node, follow);
        return;
      case 'grapheme':
        emit(op.GRAPHEME);
        return;
      case 'keep':
        emit(op.SAVE, 0);
        return;
      case 'verb':
        emit(VERBS[node.verb]);
    }
  }

  function buildChar(set: CharSet): void {
    const only = onlyMember(set);
    if (only === null) emit(op.SET, table(set));
    else if (only > 0xffff) emit(op.STRING, strings.push(String.fromCodePoint(only)) - 1);
    else emit(op.CHAR, only);
  }

  function buildSequence(items: readonly Node[], follow: Follow): void {
    const behind = firstsBehind(items);
    for (let i = 0; i < items.length; i++) {
      let text = '';
      const start = i;
      for (let item = items[i]; item?.kind === 'set'; item = items[++i]) {
        const only = onlyMember(item.set);
        if (only === null) break;
        text += String.fromCodePoint(only);
      }
      if (i > start + 1) emit(op.STRING, strings.push(text) - 1);
      if (i > start) {
        if (i === start + 1) build(items[start]!, null);
        i--;
        continue;
      }
      const after = behind[i]!;
      build(items[i]!, !after.nullable ? after.set : follow === null ? null : union(after.set, follow));
    }
  }

  function buildEither(options: readonly Node[], follow: Follow): void {
    const rests = firstsOfLater(options);
    const jumps: number[] = [];
    for (const [i, option] of options.slice(0, -1).entries()) {
      const first = firstOf(option);
      const rest = rests[i]!;
      const isSole = excludes(first.set, rest.nullable ? follow : rest.set, rest.set);
      const way = buildChoice(option, isSole);
      build(option, follow);
      jumps.push(emit(op.JUMP, 0));
      way();
    }
    build(options.at(-1)!, follow);
    for (const jump of jumps) code[jump + 1] = code.length;
  }

  function buildRepeat(node: RepeatNode, follow: Follow): void {
    const { body, min, max, mode } = node;
    if (max === 0) return;
    const isSole = excludes(firstOf(body).set, follow);
    if (body.kind === 'set') {
      const bound = max === Number.POSITIVE_INFINITY ? -1 : max;
      const run = isSole ? 'possessive' : mode;
      emit(RUNS[run], table(body.set), min, bound, follow === null ? -1 : table(follow));
    } else if (mode === 'possessive') {
      buildAtomic(() => buildRepeat({ ...node, mode: 'greedy' }, null));
    } else if (mode === 'lazy' && isSimple(node)) {
      buildLazy(node);
    } else if (mode === 'greedy' && min === 0 && max === 1) {
      const way = buildChoice(body, isSole);
      build(body, follow);
      way();
    } else if (mode === 'greedy' && isSimple(node)) {
      const start = code.length;
      if (min === 1) build(body, null);
      const way = buildChoice(body, isSole);
      if (min === 0) build(body, null);
      emit(op.JUMP, start);
      way();
    } else {
      buildLoop(node);
    }
  }

  /** The way past the body, which is `done` when it is built; no way is kept where what follows could not match. */
  function buildChoice(body: Node, isSole: boolean): () => void {
    const first = firstOf(body);
    const peek = first.nullable ? -1 : emit(op.PEEK, table(first.set), 0);
    const attempt = isSole && !first.nullable ? -1 : emit(op.TRY, 0);
    return () => {
      if (peek >= 0) code[peek + 2] = code.length;
      if (attempt >= 0) code[attempt + 1] = code.length;
    };
  }

  function buildLazy({ body, min, max }: RepeatNode): void {
    const start = code.length;
    if (min === 1) build(body, null);
    const attempt = emit(op.TRY, 0);
    const leave = emit(op.JUMP, 0);
    code[attempt + 1] = code.length;
    if (min === 0) build(body, null);
    if (max > 1) emit(op.JUMP, start);
    code[leave + 1] = code.length;
  }

  function buildLoop({ body, min, max, mode }: RepeatNode): void {
    const counter = registerCount++;
    const position = registerCount++;
    emit(op.LOOP_START, counter);
    const bound = max === Number.POSITIVE_INFINITY ? -1 : max;
    const start = emit(op.LOOP, counter, position, min, bound, mode === 'lazy' ? 1 : 0, 0);
    emit(op.LOOP_BODY, counter, position);
    build(body, null);
    emit(op.JUMP, start);
    code[start + 6] = code.length;
  }

  function buildGroup(number: number, body: Node, follow: Follow): void {
    if (!groupAddresses.has(number)) groupAddresses.set(number, code.length);
    const register = refersToGroups ? registerCount++ : 2 * number;
    const close = (): number => (refersToGroups ? emit(op.CLOSE, 2 * number, register) : emit(op.SAVE, 2 * number + 1));
    emit(op.SAVE, register);
    build(body, refersToGroups ? null : follow);
    close();
    if (refersToGroups) emit(op.RETURN, number);
  }

  function buildAtomic(buildBody: () => void): void {
    const mark = registerCount++;
    emit(op.MARK, mark);
    buildBody();
    emit(op.CUT, mark);
  }

  function buildOptions({ behind, options }: LookNode): void {
    const jumps: number[] = [];
    options.forEach((option, i) => {
      const attempt = i === options.length - 1 ? -1 : emit(op.TRY, 0);
      if (behind) emit(op.BACK, fixedLength(option, expression.groups)!);
      build(option, null);
      if (attempt >= 0) {
        jumps.push(emit(op.JUMP, 0));
        code[attempt + 1] = code.length;
      }
    });
    for (const jump of jumps) code[jump + 1] = code.length;
  }

  /** Answers where an assertion of a condition is told where to go when it does not hold. */
  function buildLook(node: LookNode, isCondition: boolean): number {
    const mark = registerCount++;
    const position = registerCount++;
    emit(op.MARK, mark);
    const attempt = isCondition || node.negative ? emit(op.TRY, 0) : -1;
    emit(op.SAVE, position);
    buildOptions(node);
    if (node.negative && !isCondition) {
      emit(op.CUT_AND_FAIL, mark);
      code[attempt + 1] = code.length;
      return -1;
    }
    if (node.atomic || isCondition) emit(op.CUT, mark);
    emit(op.RESTORE, position);
    return attempt + 1;
  }

  function buildCondition(node: Node & { kind: 'condition' }, follow: Follow): void {
    const { test } = node;
    let { yes, no } = node;
    if (test.kind === 'never') {
      const jump = emit(op.JUMP, 0);
      build(yes, null);
      code[jump + 1] = code.length;
      return;
    }
    let elseAt: number;
    if (test.kind === 'look') {
      elseAt = buildLook(test.look, true);
      if (test.look.negative) [yes, no] = [no, yes];
    } else if (test.kind === 'groups') elseAt = emit(op.IF_MATCHED, lists.push(test.groups) - 1, 0) + 2;
    else elseAt = emit(op.IF_CALLED, test.group ?? -1, 0) + 2;
    build(yes, follow);
    const end = emit(op.JUMP, 0);
    code[elseAt] = code.length;
    build(no, follow);
    code[end + 1] = code.length;
  }

  build(expression.root, null);
  emit(op.MATCH);
  for (const { at, group } of calls) code[at] = groupAddresses.get(group)!;
  return {
    code: Int32Array.from(code),
    tables,
    strings,
    lists,
    groupCount: expression.groupCount,
    registerCount,
    callRegister,
    word: op.charTable(escapeClass('w', expression.unicodeWords)!),
  };
}

/** True where rounds need not be counted, nor watched for consuming nothing. */
function isSimple({ body, min, max }: RepeatNode): boolean {
  return (min === 0 && max === 1) || (min < 2 && max === Number.POSITIVE_INFINITY && minLength(body) > 0);
}

/** True where none of the characters can follow. */
function excludes(set: CharSet, follow: Follow, more: CharSet = []): boolean {
  return follow !== null && intersect(set, follow).length === 0 && intersect(set, more).length === 0;
}
