/** YAML text to the tree that data patterns are matched on, from the tokens of the `yaml` library, whatever their nesting. */
import { CST, Lexer, Parser } from 'yaml';
import { createNode, type Draft, finishTree, type SyntaxTree } from '#analyzers/sast/syntax/node.ts';
import type { Budget } from '#domain/analyzer.ts';
import { plainScalar } from './scalars.ts';

/**
 * Kinds: `stream` of values, `mapping` of pairs, `pair` of key and value, `sequence`, `string`, `integer`, `float`, `constant`,
 * `empty` for a value that is not there, `alias` whose `aliases` is what its anchor stands at. Ranges are those of Semgrep: a
 * flow collection ends with its last value, a block scalar begins after its header.
 */
export function readYaml(text: string, budget?: Budget): SyntaxTree | null {
  const documents = readTokens(text, budget);
  if (documents === null) return null;
  const anchors = new Map<string, Draft>();
  const roots: Draft[] = [];
  let errorAt: number | null = null;
  for (const token of documents) {
    if (token.type === 'error') errorAt ??= token.offset;
    if (token.type !== 'document') continue;
    anchors.clear();
    const lowered = lowerValue({ token: token.value, before: token.start, at: token.offset }, anchors, budget);
    if (lowered === null) return null;
    errorAt ??= lowered.errorAt;
    if (token.value !== undefined) roots.push(lowered.node);
  }
  return finishTree(text, createNode('stream', 0, text.length, roots), errorAt);
}

/** Characters of tokens between two looks at the budget. */
const STRIDE = 4_096;

function readTokens(text: string, budget?: Budget): CST.Token[] | null {
  const parser = new Parser();
  const documents: CST.Token[] = [];
  let read = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) documents.push(token);
    read += lexeme.length + 1;
    if (read > STRIDE) {
      if (budget?.expired()) return null;
      read = 0;
    }
  }
  for (const token of parser.end()) documents.push(token);
  return documents;
}

/** A value with what stands before it: anchor, tag, space; `at` is where it would stand. */
interface Place {
  readonly token: CST.Token | null | undefined;
  readonly before: readonly CST.SourceToken[];
  readonly at: number;
}

/** A collection whose values are being lowered; a pair takes its key and then its value. */
interface Frame {
  readonly place: Place;
  readonly places: readonly Place[];
  readonly nodes: Draft[];
}

function lowerValue(
  root: Place,
  anchors: Map<string, Draft>,
  budget?: Budget,
): { node: Draft; errorAt: number | null } | null {
  let errorAt: number | null = null;
  let done: Draft | null = null;
  const frames: Frame[] = [];
  for (let place: Place | null = root, count = 0; ; count++) {
    if (count % STRIDE === 0 && budget?.expired()) return null;
    if (place !== null) {
      const { token } = place;
      if (token != null && CST.isCollection(token)) {
        if (token.type === 'flow-collection' && !isClosed(token)) errorAt ??= token.offset;
        frames.push({ place, places: placesIn(token), nodes: [] });
      } else {
        done = anchored(place, scalarNode(place), anchors);
        if (token?.type === 'error' || isUnclosed(token)) errorAt ??= place.at;
        if (done.kind === 'alias') done.aliases = [anchors.get(done.text) ?? done];
        frames.at(-1)?.nodes.push(done);
      }
    }
    const frame = frames.at(-1);
    if (frame === undefined) return { node: done!, errorAt };
    place = frame.places[frame.nodes.length] ?? null;
    if (place !== null) continue;
    frames.pop();
    done = anchored(frame.place, collectionNode(frame), anchors);
    frames.at(-1)?.nodes.push(done);
  }
}

function isClosed(token: CST.FlowCollection): boolean {
  return token.end.some(({ type }) => type === 'flow-map-end' || type === 'flow-seq-end');
}

function isUnclosed(token: CST.Token | null | undefined): boolean {
  if (token?.type !== 'double-quoted-scalar' && token?.type !== 'single-quoted-scalar') return false;
  const { source } = token;
  return source.length < 2 || source.at(-1) !== source[0];
}

/** Keys and values in turn for a mapping, items for a sequence. */
function placesIn(token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection): Place[] {
  const isMap = isMapping(token);
  return token.items.flatMap((item): Place[] => {
    const last = item.start.at(-1);
    const isNothing = item.key === undefined && item.value === undefined && item.sep === undefined;
    if (isNothing && (!item.start.some(({ type }) => type === 'seq-item-ind') || isMap)) return [];
    const at = last === undefined ? token.offset : last.offset + last.source.length;
    if (!isMap && item.sep === undefined) {
      const mark = item.start.findLast(({ type }) => type === 'seq-item-ind');
      return [{ token: item.value ?? item.key, before: item.start, at: mark === undefined ? at : mark.offset + 1 }];
    }
    const colon = item.sep?.find(({ type }) => type === 'map-value-ind');
    const value = { token: item.value, before: item.sep ?? [], at: colon === undefined ? at : colon.offset + 1 };
    const key = { token: item.key, before: item.start, at };
    return isMap ? [key, value] : [{ token: onePair(token, item), before: [], at }];
  });
}

/** `[a: b]` is a sequence of one mapping. */
function onePair(token: CST.Token, item: CST.CollectionItem): CST.BlockMap {
  return { type: 'block-map', offset: token.offset, indent: 0, items: [item as CST.BlockMap['items'][number]] };
}

function isMapping(token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection): boolean {
  return token.type === 'block-map' || (token.type === 'flow-collection' && token.start.type === 'flow-map-start');
}

function collectionNode({ place, nodes }: Frame): Draft {
  const token = place.token as CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
  const isMap = isMapping(token);
  const kids: Draft[] = isMap ? [] : nodes;
  for (let i = 0; isMap && i < nodes.length; i += 2) {
    const [key, value] = [nodes[i]!, nodes[i + 1]!];
    kids.push(createNode('pair', key.start, Math.max(value.end, key.end), [key, value]));
  }
  const start = token.type === 'block-map' ? (kids[0]?.start ?? token.offset) : token.offset;
  return createNode(isMap ? 'mapping' : 'sequence', start, kids.at(-1)?.end ?? start + 1, kids);
}

function scalarNode({ token, at }: Place): Draft {
  switch (token?.type) {
    case 'alias':
      return createNode('alias', token.offset, token.offset + token.source.length - 1, [], token.source.slice(1));
    case 'single-quoted-scalar':
    case 'double-quoted-scalar': {
      const { value } = CST.resolveAsScalar(token, true, ignore)!;
      return createNode('string', token.offset, token.offset + token.source.length, [], value);
    }
    case 'scalar': {
      const { value } = CST.resolveAsScalar(token, true, ignore)!;
      const [kind, text] = plainScalar(value);
      return createNode(kind, token.offset, token.offset + value.length, [], text);
    }
    case 'block-scalar': {
      const { value } = CST.resolveAsScalar(token, true, ignore)!;
      const props = token.props as CST.SourceToken[];
      const header = props.findLast(({ type }) => type === 'block-scalar-header')!;
      const body = props.at(-1)!;
      const start = header.offset + header.source.length;
      const end = body.offset + body.source.length + token.source.trimEnd().length;
      return createNode('string', start, Math.max(start, end), [], value);
    }
    default:
      return createNode('empty', at, at);
  }
}

function ignore(): void {}

/** A value begins at its anchor or tag; a scalar is no longer for its anchor. */
function anchored({ before }: Place, node: Draft, anchors: Map<string, Draft>): Draft {
  const marks = before.filter(({ type }) => type === 'anchor' || type === 'tag');
  for (const { type, source } of marks) if (type === 'anchor') anchors.set(source.slice(1), node);
  const [first] = marks;
  if (first === undefined || node.kind === 'empty') return node;
  const isScalar = node.kind !== 'mapping' && node.kind !== 'sequence';
  if (isScalar && first.type === 'anchor') node.end -= node.start - first.offset;
  node.start = first.offset;
  return node;
}
