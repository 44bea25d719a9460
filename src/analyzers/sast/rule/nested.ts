/** Opens what a metavariable stands for as a text of its own: a query or a script in a string, a name by itself. */
import { type Bindings, type Bound, bind } from '#analyzers/sast/pattern/bindings.ts';
import { isWord } from '#analyzers/sast/syntax/node.ts';
import { type Condition, isMet, type NestedLanguage, needOf } from './formula.ts';
import { type Range, type Scope, toldOfCuts } from './scope.ts';

export interface NestedText {
  readonly scope: Scope;
  /** The range with what the text's own metavariables stand for, placed in the file. */
  placed(range: Range, outer: Bindings): Range;
}

type Content = { readonly text: string; readonly start: number };

const QUOTES = /^[a-zA-Z]{0,2}("""|'''|"|'|`)/;

/** `here`: the file itself holds it as code. Null where there is nothing that the patterns could be asked of. */
export function openNested(
  condition: Condition & { kind: 'pattern' },
  bound: Bound,
  scope: Scope,
): NestedText | 'here' | null {
  const content = contentOf(condition.inside, bound, scope);
  if (content === null || content === 'here') return content;
  if (!isMet(needOf(condition.formula), (word) => content.text.includes(word.replace('(', '')))) return null;
  const { language, options, anchors } = condition.inside;
  const opened = language.open(content.text, anchors, { expired: scope.run.expired });
  if (opened === null) return null;
  const inner = opened.scope(options, scope.run.expired, scope.bindings);
  return {
    scope: scope.cut === undefined ? inner : toldOfCuts(inner, scope.cut),
    placed: (range, outer) => ({ ...range, bindings: placed(range.bindings, outer, content) }),
  };
}

function contentOf(inside: NestedLanguage, bound: Bound, scope: Scope): Content | 'here' | null {
  const { text } = scope.run.tree;
  const [node] = bound.nodes;
  const source = { text: text.slice(bound.start, bound.end), start: bound.start };
  const isPlain = inside.language.name === 'generic' || inside.language.name === 'regex';
  if (bound.text !== null) return inside.isNamed ? source : isPlain ? 'here' : null;
  if (bound.nodes.length === 1 && node !== undefined) {
    if (inside.isNamed) {
      const content = node.kind === 'string' ? quoted(source) : null;
      return content ?? (inside.language.name === 'generic' ? source : null);
    }
    // The name of a function or an attribute is no expression in the file.
    if (isWord(node) && node.kind !== 'name') return source;
  }
  return inside.isNamed ? null : 'here';
}

/** What stands between the quotes of one literal, escapes as written. */
function quoted({ text, start }: Content): Content | null {
  const [opening, quote] = QUOTES.exec(text) ?? [];
  if (
    opening === undefined ||
    quote === undefined ||
    !text.endsWith(quote) ||
    text.length < opening.length + quote.length
  )
    return null;
  const content = text.slice(opening.length, text.length - quote.length);
  return endsBefore(content, quote) ? null : { text: content, start: start + opening.length };
}

/** True for `a" "b`, which is what stands between the outer quotes of two literals. */
function endsBefore(content: string, quote: string): boolean {
  for (let at = 0; at < content.length; at++) {
    if (content[at] === '\\') at++;
    else if (content.startsWith(quote, at)) return true;
  }
  return false;
}

/** What the inner text binds is known to the file as text. */
function placed(inner: Bindings, outer: Bindings, content: Content): Bindings {
  const own: [string, Bound][] = [];
  for (let at: Bindings | null = inner; at !== null && at !== outer; at = at.rest) {
    if (at.value !== null) own.unshift([at.name, at.value]);
  }
  return own.reduce<Bindings>((bindings, [name, { start, end }]) => {
    const text = content.text.slice(start, end);
    return (
      bind(bindings, name, { start: content.start + start, end: content.start + end, nodes: [], text }) ?? bindings
    );
  }, outer);
}
