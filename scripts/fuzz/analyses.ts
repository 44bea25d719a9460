/** One rule for each way in which the engine looks at code: what a deep or a long text must not bring down. */

/** Keys of a rule without its head, by its id. */
export const ANALYSES: Readonly<Record<string, string>> = {
  'any-expression': 'pattern: $X',
  'any-call': 'pattern: $F(...)',
  'same-twice': 'pattern: $X == $X',
  'call-with-gaps': 'pattern: $F(..., $X, ..., $X, ...)',
  'list-with-gaps': 'pattern: "[..., $X, ..., $Y, ..., $X, ...]"',
  'entries-in-any-order': 'pattern: "{$A: $B, $C: $D, ...}"',
  keywords: 'pattern: $F(..., $K=$V, ..., $L=$W, ...)',
  deep: 'pattern: sink(<... source(...) ...>)',
  'deep-in-deep': 'pattern: <... f(<... $X ...>) ...>',
  'deep-condition': 'pattern: |\n  if <... $X ...>:\n    ...',
  'chain-with-gaps': 'pattern: $X. ... .m(). ... .a',
  boolean: 'pattern: $A and $B or $C',
  'any-order': 'options: {commutative_boolop: true, symmetric_eq: true}\npattern: $A and $B and $A',
  bits: 'pattern: $A | $B | $A',
  sum: 'pattern: $A + $B',
  constant: 'pattern: sink("...")',
  'constant-expression': 'pattern: sink("=~/a+b/")',
  content: 'pattern: $F("$X")',
  'f-string': 'pattern: f"...{$X}..."',
  symbols: 'options: {symbolic_propagation: true}\npattern: sink(source(...))',
  'symbols-deep': 'options: {symbolic_propagation: true}\npattern: sink(<... f($X, $X) ...>)',
  typed: 'pattern: "sink($X: str)"',
  'type-condition': 'patterns:\n  - pattern: sink($X)\n  - metavariable-type: {metavariable: $X, types: [str, a.B]}',
  assignment: 'pattern: $X = $Y',
  'assignment-of-tuples': 'pattern: $A, $B = $C, $D',
  sequence: 'pattern: |\n  $Y = source(...)\n  ...\n  $Z = f($Y)\n  ...\n  sink($Z)',
  'sequence-with-names': 'pattern: |\n  $A = $B\n  ...\n  $C = $A\n  ...\n  $D = $C',
  statements: 'pattern: |\n  $...BEFORE\n  sink($X)\n  $...AFTER',
  if: 'pattern: |\n  if $C:\n    ...\n    $F(...)\n    ...\n  else:\n    ...',
  loop: 'pattern: |\n  for $I in $L:\n    ...\n    $F(...)',
  try: 'pattern: |\n  try:\n    ...\n  except $E:\n    ...\n  except $G:\n    ...',
  with: 'pattern: |\n  with $X as $Y:\n    ...\n    sink($Y)',
  function: 'pattern: |\n  def $F(..., $A=$D, ...):\n    ...\n    sink($X)\n    ...',
  class: 'pattern: |\n  class $C:\n    ...\n    $A = $B\n    ...',
  decorated: 'pattern: |\n  @$D(...)\n  @$E(...)\n  def $F(...):\n    ...',
  import: 'pattern: import $A.$B',
  lambda: 'pattern: "lambda $A: <... $X ...>"',
  comprehension: 'pattern: "[$X for $Y in $Z]"',
  within:
    'patterns:\n  - pattern: $F(...)\n  - pattern-inside: |\n      def $G(...):\n        ...\n  - pattern-not-inside: |\n      $X = $Y\n      ...\n  - pattern-not: f($A, $A)',
  either:
    'pattern-either:\n  - pattern: $X.$Y\n  - pattern: $X[$Y]\n  - patterns:\n      - pattern: $X($Y)\n      - focus-metavariable: $Y',
  comparison:
    'patterns:\n  - pattern: $F($X)\n  - metavariable-comparison: {comparison: "$X * 2 > 1 or re.match(\\"a+\\", $X)"}',
  'expression-condition':
    'patterns:\n  - pattern: $F($X)\n  - metavariable-regex: {metavariable: $X, regex: "(s+)+(o|u)*r", constant-propagation: true}',
  analysis:
    'patterns:\n  - pattern: $F($X)\n  - metavariable-analysis: {metavariable: $X, analyzer: entropy}\n  - metavariable-analysis: {metavariable: $X, analyzer: redos}',
  inner:
    'patterns:\n  - pattern: $F($X)\n  - metavariable-pattern:\n      metavariable: $X\n      patterns:\n        - pattern: $G($Y)\n        - metavariable-pattern:\n            metavariable: $Y\n            pattern: <... x ...>',
  'inner-text':
    'patterns:\n  - pattern: $F("$X")\n  - metavariable-pattern: {metavariable: $X, language: generic, pattern: $A ... $A}\n',
  'inner-python':
    'patterns:\n  - pattern: $F($X)\n  - metavariable-pattern: {metavariable: $X, language: python, pattern: $A + $B}\n',
  'inner-regex':
    'patterns:\n  - pattern: $F($X)\n  - metavariable-pattern: {metavariable: $X, pattern-regex: "(s|o)+u"}\n',
  match: 'match:\n  all:\n    - any: [$F($X), "$X.a"]\n    - not: {inside: "class $C: ..."}\n  where:\n    - focus: $X',
  anywhere: 'patterns:\n  - pattern: $F($X)\n  - semgrep-internal-pattern-anywhere: $X = $Y',
  expression: 'pattern-regex: (?:s|o|u)+\\(?(?=x)',
  'not-expression': 'patterns:\n  - pattern: $F(...)\n  - pattern-not-regex: (y|z)+$',
  taint: 'mode: taint\npattern-sources: [{pattern: source(...)}]\npattern-sinks: [{pattern: sink(...)}]',
  'taint-anything': 'mode: taint\npattern-sources: [{pattern: $X}]\npattern-sinks: [{pattern: $F(...), exact: false}]',
  'taint-all-parts':
    'mode: taint\npattern-sources: [{pattern: source(...), by-side-effect: true, label: A}, {pattern: x, label: B, requires: A}]\npattern-sinks: [{pattern: "sink($X)", requires: A or not B}]\npattern-sanitizers: [{pattern: clean($X), by-side-effect: true}]\npattern-propagators: [{pattern: "f($FROM, $TO)", from: $FROM, to: $TO}, {pattern: "$T = f($FROM)", from: $FROM, to: $T}]',
  'taint-of-symbols':
    'mode: taint\noptions: {symbolic_propagation: true, taint_unify_mvars: true}\npattern-sources: [{patterns: [{pattern: "def $F(..., $X, ...): ..."}, {focus-metavariable: $X}]}, {pattern: source($X)}]\npattern-sinks: [{patterns: [{pattern: sink($X)}, {focus-metavariable: $X}]}]',
};

/** The text of a rule file with the rules of these ids, in this order. */
export function analysisRules(ids: readonly string[] = Object.keys(ANALYSES), languages = 'python'): string {
  return `rules:\n${ids.map((id) => ruleOf(id, ANALYSES[id]!, languages)).join('')}`;
}

export function ruleOf(id: string, keys: string, languages: string): string {
  const lines = ['message: $X and $Y', 'severity: ERROR', `languages: [${languages}]`, ...keys.trimEnd().split('\n')];
  return `  - id: ${id}\n${lines.map((line) => `    ${line}\n`).join('')}`;
}
