/** Reads a condition: `(?(1)…|…)`, `(?(<name>)…)`, `(?(?=…)…|…)`, `(?(R)…)`, `(?(DEFINE)…)`. */
import {
  eat,
  eatMatch,
  expect,
  groupNumbered,
  groupsNamed,
  invalid,
  type Reader,
  readName,
  unsupported,
} from './reader.ts';
import { type Condition, EMPTY, type LookNode, type Node } from './syntax-tree.ts';

/** What stands after the second parenthesis; the callbacks read an assertion, where one stands here, and the branches. */
export function parseCondition(
  reader: Reader,
  open: number,
  branches: () => readonly Node[],
  look: () => LookNode | null,
): Node {
  const start = reader.at;
  const test = readCondition(reader, start, look);
  const [yes = EMPTY, no = EMPTY, ...more] = branches();
  if (more.length > 0) invalid(reader, 'a condition has more than two branches', open);
  if (test.kind === 'never' && no !== EMPTY) invalid(reader, '`DEFINE` has more than one branch', open);
  return { kind: 'condition', test, yes, no };
}

function readCondition(reader: Reader, start: number, look: () => LookNode | null): Condition {
  reader.refersToGroups = true;
  const number = eatMatch(reader, /([+-]?)(\d+)\)/y);
  if (number !== null) {
    const group = groupNumbered(reader, number[1]!, number[2]!, start);
    if (group === 0) invalid(reader, 'a condition on group 0', start);
    return { kind: 'groups', groups: [group] };
  }
  if (eat(reader, 'DEFINE)')) return { kind: 'never' };
  if (eat(reader, 'VERSION')) return unsupported('a condition on the version of PCRE', start);
  const called = eatMatch(reader, /R(\d*)\)/y);
  if (called !== null && !reader.names.has(`R${called[1]}`)) {
    return { kind: 'called', group: called[1] === '' ? null : groupNumbered(reader, '', called[1]!, start) };
  }
  if (called !== null) return { kind: 'groups', groups: groupsNamed(reader, `R${called[1]}`, start) };
  if (eat(reader, 'R&')) {
    const groups = groupsNamed(reader, readName(reader, ')'), start);
    return {
      kind: 'called',
      get group() {
        return groups[0]!;
      },
    };
  }
  const assertion = look();
  if (assertion !== null) return { kind: 'look', look: assertion };
  const quote = eatMatch(reader, /[<']/y)?.[0];
  const name = readName(reader, quote === undefined ? ')' : quote === '<' ? '>' : "'");
  if (quote !== undefined) expect(reader, ')', 'a condition has no end');
  return { kind: 'groups', groups: groupsNamed(reader, name, start) };
}
