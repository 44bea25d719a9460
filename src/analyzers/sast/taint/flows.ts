/** Collects which source reaches which sink, and makes findings of them: bindings of both, and the way between. */
import type { RuleOptions } from '#analyzers/sast/options.ts';
import { agree, type Bindings, bind, createBindings, lookup } from '#analyzers/sast/pattern/bindings.ts';
import type { Hit } from '#analyzers/sast/rule/search.ts';
import type { SyntaxNode } from '#analyzers/sast/syntax/node.ts';
import type { SinkPlace } from './places.ts';
import { DEFAULT_LABEL } from './taint-rule.ts';
import type { Taint, Taints } from './taints.ts';

export interface Flows {
  /** `taintsOf` answers for the parts of the expression that the sink is. */
  reach(sink: SinkPlace, taints: Taints, taintsOf: (node: SyntaxNode) => Taints): void;
  list(): Hit[];
}

/** Longer ways are shown with their beginning and their end. */
const MAX_STEPS = 20;

export function createFlows(options: RuleOptions): Flows {
  const hits = new Map<string, Hit>();

  function add(id: string, place: SinkPlace, taints: readonly Taint[]): void {
    const [first] = taints;
    if (first === undefined || hits.has(id)) return;
    const { found } = place;
    const source = first.origin.found;
    if (options.taint_unify_mvars && !agree(source.bindings, found.bindings)) return;
    const { start, end } = options.taint_focus_on === 'source' ? source : found;
    const bindings = together(bindingsOfAll(taints), found.bindings);
    hits.set(id, { start, end, bindings, trace: traceOf(first, found) });
  }

  return {
    reach(place, taints, taintsOf) {
      const { sink, found, key } = place;
      if (sink.requires.length > 0) {
        const isMet = sink.requires.every(({ metavariable, requirement }) => {
          const node = metavariable === null ? undefined : lookup(found.bindings, metavariable)?.nodes[0];
          const asked = metavariable === null ? taints : node === undefined ? null : taintsOf(node);
          return asked !== null && requirement((label) => hasLabel(asked, label));
        });
        if (isMet) add(key, place, [...taints.values()]);
        return;
      }
      for (const taint of taints.values()) {
        if (taint.origin.label === DEFAULT_LABEL) add(`${key} ${taint.origin.key}`, place, [taint]);
      }
    },
    list: () => [...hits.values()],
  };
}

export function hasLabel(taints: Taints, label: string): boolean {
  for (const { origin } of taints.values()) if (origin.label === label) return true;
  return false;
}

/** What the sources do not agree on stands for nothing. */
function bindingsOfAll(taints: readonly Taint[]): Bindings {
  const all = taints.map(({ origin }) => origin.found.bindings);
  return all.reduce((common, one) => {
    if (common === one) return common;
    let united = createBindings();
    for (let at: Bindings | null = common; at !== null; at = at.rest) {
      if (at.value !== null && agree(bind(createBindings(), at.name, at.value)!, one))
        united = bind(united, at.name, at.value) ?? united;
    }
    for (let at: Bindings | null = one; at !== null; at = at.rest) {
      if (at.value !== null && lookup(common, at.name) === null) united = bind(united, at.name, at.value) ?? united;
    }
    return united;
  });
}

/** Where both know a metavariable, the first one does. */
function together(first: Bindings, second: Bindings): Bindings {
  let all = first;
  for (let at: Bindings | null = second; at !== null; at = at.rest) {
    if (at.value !== null) all = bind(all, at.name, at.value) ?? all;
  }
  return all;
}

function traceOf(
  { origin, steps }: Taint,
  sink: { readonly start: number; readonly end: number },
): NonNullable<Hit['trace']> {
  const between: { start: number; end: number }[] = [];
  for (let at = steps; at !== null; at = at.before) between.push({ start: at.start, end: at.end });
  between.reverse();
  if (between.length > MAX_STEPS) between.splice(MAX_STEPS / 2, between.length - MAX_STEPS);
  const { start, end } = origin.found;
  return [{ start, end }, ...between, { start: sink.start, end: sink.end }];
}
