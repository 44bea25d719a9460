/** Reads what opens with a parenthesis: groups, options, assertions, conditions, calls and verbs. */
import { fixedLength } from './measure.ts';
import { parseCondition } from './parse-condition.ts';
import { callOf, referenceTo } from './parse-escape.ts';
import { parseFlags } from './parse-flags.ts';
import { eat, eatMatch, groupsNamed, invalid, type Reader, readName, unsupported } from './reader.ts';
import { EMPTY, either, type LookNode, type Node, type Verb } from './syntax-tree.ts';

type ParseAlternatives = (reader: Reader, reset: boolean) => readonly Node[];

/** PCRE2's limit of nested parentheses: it also bounds the recursion of this parser. */
const MAX_DEPTH = 250;

const LOOKS: readonly [open: RegExp, look: Pick<LookNode, 'behind' | 'negative' | 'atomic'>][] = [
  [/\?=|\*(?:pla|positive_lookahead):/y, { behind: false, negative: false, atomic: true }],
  [/\?!|\*(?:nla|negative_lookahead):/y, { behind: false, negative: true, atomic: true }],
  [/\?<=|\*(?:plb|positive_lookbehind):/y, { behind: true, negative: false, atomic: true }],
  [/\?<!|\*(?:nlb|negative_lookbehind):/y, { behind: true, negative: true, atomic: true }],
  [/\?\*|\*(?:napla|non_atomic_positive_lookahead):/y, { behind: false, negative: false, atomic: false }],
  [/\?<\*|\*(?:naplb|non_atomic_positive_lookbehind):/y, { behind: true, negative: false, atomic: false }],
];

const VERBS: Readonly<Record<string, Verb>> = {
  F: 'fail',
  FAIL: 'fail',
  COMMIT: 'commit',
  PRUNE: 'prune',
  SKIP: 'skip',
};

/** Options that may open an expression and change nothing here. */
const IDLE_OPTION = /\(\*(?:UTF8?|LF|NO_(?:JIT|START_OPT|AUTO_POSSESS|DOTSTAR_ANCHOR)|LIMIT_\w+=\d+)\)/y;

export function readStartOptions(reader: Reader): void {
  for (;;) {
    if (eat(reader, '(*UCP)')) reader.unicode = true;
    else if (eatMatch(reader, IDLE_OPTION) === null) break;
  }
  const convention = /\(\*(?:CR|CRLF|ANYCRLF|ANY|NUL|BSR_\w+|NOTEMPTY\w*)\)/y;
  convention.lastIndex = reader.at;
  const match = convention.exec(reader.source);
  if (match !== null) unsupported(`\`${match[0]}\``, reader.at);
}

/** The group that opened just before this place; null where it only sets options. */
export function parseGroup(reader: Reader, parseAlternatives: ParseAlternatives): Node | null {
  const open = reader.at - 1;
  if (++reader.depth > MAX_DEPTH) invalid(reader, `more than ${MAX_DEPTH} parentheses are nested`, open);
  const { flags } = reader;
  const node = parseOpened(reader, open, parseAlternatives);
  reader.depth--;
  if (node !== null) reader.flags = flags;
  return node;
}

function parseOpened(reader: Reader, open: number, parseAlternatives: ParseAlternatives): Node | null {
  const options = (reset = false): readonly Node[] => closed(reader, open, parseAlternatives(reader, reset));
  const body = (): Node => either(options());
  const confined = (): Node => {
    reader.confined++;
    const node = body();
    reader.confined--;
    return node;
  };
  const look = (): LookNode | null => {
    const kind = LOOKS.find(([sign]) => eatMatch(reader, sign) !== null)?.[1];
    if (kind === undefined) return null;
    reader.assertions++;
    const node = lookNode(reader, kind, confined(), open);
    reader.assertions--;
    return node;
  };
  const assertion = look();
  if (assertion !== null) return assertion;
  if (eatMatch(reader, /\?>|\*atomic:/y) !== null) return { kind: 'atomic', body: confined() };
  if (reader.source[reader.at] === '*') return parseVerb(reader, open);
  if (!eat(reader, '?')) return reader.flags.n ? body() : capture(reader, null, open, body);
  const named = eatMatch(reader, /P?(<)|(')/y);
  if (named !== null) {
    const at = reader.at;
    const name = readName(reader, named[1] === undefined ? "'" : '>');
    return capture(reader, name, at, body);
  }
  if (eat(reader, '|')) return either(options(true));
  if (eat(reader, '#')) return invalid(reader, 'a comment has no end', open);
  if (eat(reader, 'P=')) return referenceTo(reader, groupsNamed(reader, readName(reader, ')'), open));
  if (eatMatch(reader, /P>|&/y) !== null) return callOf(reader, ')', open);
  if (eat(reader, 'R')) return closeCall(reader, open);
  if (eatMatch(reader, /(?=[+-]?\d)/y) !== null) return callOf(reader, ')', open);
  if (eatMatch(reader, /C(?:\d{0,3}|([`'"^%#$]).*?\1|\{.*?\})\)/y) !== null) return EMPTY;
  if (eat(reader, '(')) return parseCondition(reader, open, options, look);
  return parseFlags(reader, body);
}

function closed<Inner>(reader: Reader, open: number, node: Inner): Inner {
  if (!eat(reader, ')')) invalid(reader, 'a parenthesis has no end', open);
  return node;
}

function closeCall(reader: Reader, open: number): Node {
  reader.refersToGroups = true;
  return closed(reader, open, { kind: 'call', group: 0 });
}

function capture(reader: Reader, name: string | null, at: number, body: () => Node): Node {
  const number = ++reader.groupCount;
  if (name !== null) {
    const known = reader.nameOf.get(number);
    if (known !== undefined && known !== name) invalid(reader, `group ${number} is named \`${known}\` already`, at);
    reader.nameOf.set(number, name);
    const numbers = reader.names.get(name);
    if (numbers === undefined) reader.names.set(name, [number]);
    else if (!numbers.includes(number)) {
      if (!reader.flags.J) invalid(reader, `two groups are named \`${name}\``, at);
      numbers.push(number);
    }
  }
  const group: Node = { kind: 'group', number, body: body() };
  if (!reader.groups.has(number)) reader.groups.set(number, group);
  return group;
}

function lookNode(
  reader: Reader,
  kind: Pick<LookNode, 'behind' | 'negative' | 'atomic'>,
  body: Node,
  open: number,
): LookNode {
  const options = body.kind === 'either' ? body.options : [body];
  if (kind.behind) {
    reader.checks.push(() => {
      if (options.every((option) => fixedLength(option, reader.groups) !== null)) return;
      invalid(reader, 'a look behind has no fixed length', open);
    });
  }
  return { kind: 'look', ...kind, options };
}

function parseVerb(reader: Reader, open: number): Node | null {
  const match = eatMatch(reader, /\*([A-Za-z_]*)(:[^)]*)?\)/y);
  if (match === null) return invalid(reader, 'a verb has no end', open);
  const [text, name, argument] = match;
  if ((name === 'MARK' || name === '') && argument !== undefined) return EMPTY;
  const verb = VERBS[name!];
  const isFree = verb === 'fail' || (reader.confined === 0 && !(verb === 'skip' && argument !== undefined));
  if (verb !== undefined && isFree) {
    reader.usesVerbs ||= verb !== 'fail';
    return { kind: 'verb', verb };
  }
  if (verb !== undefined || /^(?:ACCEPT|THEN|sr|asr|script_run|atomic_script_run)$/.test(name!)) {
    return unsupported(`\`(${text}\``, open);
  }
  return invalid(reader, `there is no verb \`(${text}\``, open);
}
