/**
 * Runs a compiled expression as PCRE would, by backtracking: on a stack of its own, so that a long text cannot overflow the
 * thread's, and with every step counted, so that no expression and no text can make it run on. It is our own because nothing
 * at hand has PCRE's meaning and a bound: re2js cannot look ahead or refer back, V8 cannot be interrupted.
 */
import * as op from './program.ts';
import { exactEnd, graphemeEnd, holds, isInside, repeatedEnd, runEnd, stepBack, widthOf } from './text-steps.ts';

export type Outcome = 'match' | 'no-match' | 'exhausted';

export interface Machine {
  /** Pairs of offsets, -1 where there is none: the match, then each group. */
  readonly registers: Int32Array;
  /** Steps that are left: whoever sets it decides how long attempts may take. */
  steps: number;
  /** Where the next attempt may begin after a failed one; -1 for nowhere. */
  resumeAt: number;
  /** Tries to match at the offset; if `notEmpty`, more than the empty text. */
  run(text: string, start: number, searchStart: number, notEmpty: boolean): Outcome;
}

/** Frames that the stack may hold before an attempt is given up (16 bytes each). */
export const MAX_FRAMES = 4_000_000;
/** Registers that the calls of one attempt may save (4 bytes each). */
export const MAX_SAVED_REGISTERS = 1_000_000;
/** What a call and a grapheme take, compared with other steps. */
const CALL_STEPS = 16;
const GRAPHEME_STEPS = 128;
/** What a stack begins with, and what it may keep for the next attempt (frames). */
const FRAMES_AT_FIRST = 64;
const FRAMES_AT_REST = 65_536;

/** The frequent instructions as constants of this module, which are the fastest to compare with. */
const { ASSERT, CHAR, JUMP, MATCH, PEEK, RUN_GREEDY, RUN_POSSESSIVE, SAVE, SET, STRING, TRY } = op;

/** A frame is four numbers. Its kind is the way to go on from the position that follows, or one of these. */
const FRAME = 4;
/** register, value */
const UNDO = -1;
/** run instruction, least end, end tried last */
const GREEDY = -2;
/** run instruction, end tried last, characters that it may still take or -1 */
const LAZY = -3;
/** where the next attempt may begin, or -1 */
const STOP = -4;

interface Call {
  readonly returnTo: number;
  readonly group: number;
  readonly at: number;
  readonly registers: Int32Array;
}

export function createMachine(program: op.Program): Machine {
  const { code, tables, strings, callRegister, word } = program;
  const registers = new Int32Array(program.registerCount);
  const machine: Machine = { registers, steps: 0, resumeAt: 0, run };
  let stack = new Int32Array(FRAMES_AT_FIRST * FRAME);
  let height = 0;
  let calls: Call[] = [];
  /** Where the instruction that was run by `perform` or found by `backtrack` leads. */
  let target = 0;
  return machine;

  function run(text: string, start: number, searchStart: number, notEmpty: boolean): Outcome {
    const end = text.length;
    let pc = 0;
    let at = start;
    machine.resumeAt = start + 1;
    machine.steps -= registers.length >> 4;
    registers.fill(-1);
    registers[0] = start;
    registers[callRegister] = 0;
    height = 0;
    if (calls.length > 0) calls = [];

    for (;;) {
      if (--machine.steps < 0) return stop('exhausted');
      const operation = code[pc]!;
      if (operation === CHAR) {
        if (at < end && text.charCodeAt(at) === code[pc + 1]!) at++;
        else at = -1;
        pc += 2;
      } else if (operation === STRING) {
        const string = strings[code[pc + 1]!]!;
        at = text.startsWith(string, at) ? at + string.length : -1;
        pc += 2;
      } else if (operation === SET) {
        const width = at < end ? widthOf(tables[code[pc + 1]!]!, text, at) : 0;
        at = width > 0 ? at + width : -1;
        pc += 2;
      } else if (operation === PEEK) {
        pc = at < end && widthOf(tables[code[pc + 1]!]!, text, at) > 0 ? pc + 3 : code[pc + 2]!;
      } else if (operation === TRY) {
        push(code[pc + 1]!, at, 0, 0);
        pc += 2;
      } else if (operation === JUMP) {
        pc = code[pc + 1]!;
      } else if (operation === SAVE) {
        write(code[pc + 1]!, at);
        pc += 2;
      } else if (operation >= RUN_GREEDY && operation <= RUN_POSSESSIVE) {
        at = startRun(text, pc, at);
        pc += 5;
      } else if (operation === ASSERT) {
        if (!holds(op.PLACES[code[pc + 1]!]!, text, at, searchStart, word)) at = -1;
        pc += 2;
      } else if (operation !== MATCH) {
        at = perform(text, pc, at);
        pc = target;
      } else if (registers[callRegister]! > 0) {
        returnFromCall();
        pc = target;
      } else if (notEmpty && at === start) {
        at = -1;
      } else {
        registers[1] = at;
        return stop('match');
      }
      if (at < 0) {
        at = backtrack(text);
        if (at < 0) return stop('no-match');
        pc = target;
      }
    }
  }

  function stop(outcome: Outcome): Outcome {
    if (stack.length > FRAMES_AT_REST * FRAME) stack = new Int32Array(FRAMES_AT_FIRST * FRAME);
    return outcome;
  }

  /** The end of a run of one class of characters, or -1. */
  function startRun(text: string, pc: number, at: number): number {
    const table = tables[code[pc + 1]!]!;
    const [min, max] = [code[pc + 2]!, code[pc + 3]!];
    const least = min === 0 ? at : exactEnd(table, text, at, min);
    if (least < 0 || max === min) return least;
    const most = max < 0 ? -1 : max - min;
    if (code[pc] === op.RUN_LAZY) {
      push(LAZY, pc, least, most);
      return least;
    }
    const end = runEnd(table, text, least, most);
    machine.steps -= (end - at) >> 2;
    if (end > least && code[pc] === op.RUN_GREEDY) push(GREEDY, pc, least, end);
    return end;
  }

  /** Takes up the last way that was left, at the position that is answered; -1 if there is none. */
  function backtrack(text: string): number {
    while (height > 0) {
      const kind = stack[height - 4]!;
      machine.steps--;
      if (kind === UNDO) {
        height -= FRAME;
        registers[stack[height + 1]!] = stack[height + 2]!;
      } else if (kind === GREEDY || kind === LAZY) {
        const pc = stack[height - 3]!;
        const at = kind === GREEDY ? giveBack(text, pc) : takeMore(text, pc);
        if (at < 0) continue;
        target = pc + 5;
        return at;
      } else if (kind === STOP) {
        machine.resumeAt = stack[height - 3]!;
        return -1;
      } else {
        height -= FRAME;
        target = kind;
        return stack[height + 1]!;
      }
    }
    return -1;
  }

  /** The next shorter end of the greedy run on the stack, after which something that may follow stands. */
  function giveBack(text: string, pc: number): number {
    const follow = code[pc + 4]!;
    const least = stack[height - 2]!;
    const from = stack[height - 1]!;
    let at = from;
    do {
      at--;
      if (at > least && isInside(text, at)) at--;
    } while (at >= least && follow >= 0 && widthOf(tables[follow]!, text, at) === 0);
    machine.steps -= (from - at) >> 1;
    if (at <= least) height -= FRAME;
    else stack[height - 1] = at;
    return at < least ? -1 : at;
  }

  /** The next longer end of the lazy run on the stack. */
  function takeMore(text: string, pc: number): number {
    const table = tables[code[pc + 1]!]!;
    const follow = code[pc + 4]!;
    const from = stack[height - 2]!;
    let left = stack[height - 1]!;
    let at = from;
    do {
      const width = at < text.length && left !== 0 ? widthOf(table, text, at) : 0;
      if (width === 0) {
        height -= FRAME;
        machine.steps -= (at - from) >> 2;
        return -1;
      }
      at += width;
      left--;
    } while (follow >= 0 && (at >= text.length || widthOf(tables[follow]!, text, at) === 0));
    machine.steps -= (at - from) >> 2;
    stack[height - 2] = at;
    stack[height - 1] = left < 0 ? -1 : left;
    return at;
  }

  /** The rarer instructions: the position after it, or -1. */
  function perform(text: string, pc: number, at: number): number {
    const [a, b] = [code[pc + 1]!, code[pc + 2]!];
    switch (code[pc]) {
      case op.CLOSE:
        write(a, registers[b]!);
        write(a + 1, at);
        target = pc + 3;
        return at;
      case op.LOOP_START:
        write(a, 0);
        target = pc + 2;
        return at;
      case op.LOOP:
        target = nextRound(pc, at);
        return at;
      case op.LOOP_BODY:
        write(a, registers[a]! + 1);
        write(b, at);
        target = pc + 3;
        return at;
      case op.BACK:
        target = pc + 2;
        machine.steps -= a >> 3;
        return stepBack(text, at, a);
      case op.MARK:
        write(a, height);
        // What the write itself pushed is below the mark.
        registers[a] = height;
        target = pc + 2;
        return at;
      case op.CUT:
        cut(registers[a]!);
        target = pc + 2;
        return at;
      case op.CUT_AND_FAIL:
        undoTo(registers[a]!);
        return -1;
      case op.RESTORE:
        target = pc + 2;
        return registers[a]!;
      case op.REFERENCE:
        target = pc + 3;
        return repeated(text, program.lists[a]!, b === 1, at);
      case op.CALL:
        return call(pc, at);
      case op.RETURN:
        target = pc + 2;
        if (calls[registers[callRegister]! - 1]?.group === a) returnFromCall();
        return at;
      case op.IF_MATCHED:
        target = program.lists[a]!.some((group) => registers[2 * group + 1]! >= 0) ? pc + 3 : b;
        return at;
      case op.IF_CALLED: {
        const running = calls[registers[callRegister]! - 1];
        target = running !== undefined && (a < 0 || running.group === a) ? pc + 3 : b;
        return at;
      }
      case op.GRAPHEME:
        target = pc + 1;
        machine.steps -= GRAPHEME_STEPS;
        return at < text.length ? graphemeEnd(text, at) : -1;
      case op.PRUNE:
      case op.SKIP:
      case op.COMMIT:
        push(STOP, code[pc] === op.COMMIT ? -1 : code[pc] === op.SKIP ? at : machine.resumeAt, 0, 0);
        target = pc + 1;
        return at;
      default:
        return -1;
    }
  }

  /** Once more through a loop, or on; a round that consumed nothing is the last of a loop without bound. */
  function nextRound(pc: number, at: number): number {
    const count = registers[code[pc + 1]!]!;
    const [min, max, isLazy, exit] = [code[pc + 3]!, code[pc + 4]!, code[pc + 5] === 1, code[pc + 6]!];
    if (count < min) return pc + 7;
    const isIdle = max < 0 && count > 0 && registers[code[pc + 2]!] === at;
    if (isIdle || count === max) return exit;
    push(isLazy ? pc + 7 : exit, at, 0, 0);
    return isLazy ? exit : pc + 7;
  }

  function repeated(text: string, groups: readonly number[], ignoreCase: boolean, at: number): number {
    const group = groups.find((number) => registers[2 * number + 1]! >= 0);
    if (group === undefined) return -1;
    const [from, to] = [registers[2 * group]!, registers[2 * group + 1]!];
    machine.steps -= (to - from) >> 2;
    return repeatedEnd(text, from, to, at, ignoreCase);
  }

  function call(pc: number, at: number): number {
    const group = code[pc + 2]!;
    const running = calls[registers[callRegister]! - 1];
    const isEndless = running !== undefined && running.group === group && running.at === at;
    if (isEndless || calls.length * registers.length > MAX_SAVED_REGISTERS) {
      machine.steps = 0;
      return at;
    }
    machine.steps -= CALL_STEPS + (registers.length >> 2);
    calls.push({ returnTo: pc + 3, group, at, registers: registers.slice() });
    write(callRegister, calls.length);
    target = code[pc + 1]!;
    return at;
  }

  /** Groups and loops are again as they were before the call; what `\K` did stays. */
  function returnFromCall(): void {
    const ended = calls[registers[callRegister]! - 1]!;
    machine.steps -= registers.length >> 2;
    for (let i = 2; i < registers.length; i++) {
      if (registers[i] !== ended.registers[i]) write(i, ended.registers[i]!);
    }
    target = ended.returnTo;
  }

  function push(kind: number, a: number, b: number, c: number): void {
    if (height >= MAX_FRAMES * FRAME) machine.steps = 0;
    if (height + FRAME > stack.length) {
      const larger = new Int32Array(stack.length * 2);
      larger.set(stack);
      stack = larger;
    }
    stack[height] = kind;
    stack[height + 1] = a;
    stack[height + 2] = b;
    stack[height + 3] = c;
    height += FRAME;
  }

  /** What no way back can see needs no undoing. */
  function write(register: number, value: number): void {
    if (height > 0) push(UNDO, register, registers[register]!, 0);
    registers[register] = value;
  }

  /** Forgets the ways back above the mark, and keeps what must be undone below it. */
  function cut(mark: number): void {
    machine.steps -= (height - mark) >> 3;
    let kept = mark;
    for (let at = mark; at < height; at += FRAME) {
      if (stack[at] !== UNDO && stack[at] !== STOP) continue;
      if (kept < at) stack.copyWithin(kept, at, at + FRAME);
      kept += FRAME;
    }
    height = kept;
  }

  function undoTo(mark: number): void {
    machine.steps -= (height - mark) >> 3;
    while (height > mark) {
      height -= FRAME;
      if (stack[height] === UNDO) registers[stack[height + 1]!] = stack[height + 2]!;
    }
  }
}
