/** What a rule's `options` may set: how its patterns match, and what its taint analysis trusts. */

/** Names, meanings and defaults are Semgrep's. Source: https://semgrep.dev/docs/writing-rules/rule-syntax, "options". */
export interface RuleOptions {
  /** `a + b + c` and `a and b and c` match however they are nested. */
  readonly ac_matching: boolean;
  /** An expression pattern also matches within a decorator. */
  readonly attr_expr: boolean;
  /** `a and b` matches `b and a`. */
  readonly commutative_boolop: boolean;
  /** `a == b` matches `b == a`. */
  readonly symmetric_eq: boolean;
  readonly constant_propagation: boolean;
  readonly symbolic_propagation: boolean;
  readonly decorators_order_matters: boolean;
  readonly implicit_deep_exprstmt: boolean;
  readonly implicit_return: boolean;
  readonly vardef_assign: boolean;
  readonly flddef_assign: boolean;
  readonly go_deeper_expr: boolean;
  readonly go_deeper_stmt: boolean;
  readonly unify_ids_strictly: boolean;
  readonly generic_engine: 'spacegrep' | 'aliengrep';
  /** Lines that `...` may cross in the generic language. */
  readonly generic_ellipsis_max_span: number;
  readonly generic_comment_style: 'c' | 'cpp' | 'shell' | null;
  readonly generic_caseless: boolean;
  readonly generic_multiline: boolean;
  /** Pairs of an opening and a closing bracket; null for `()`, `[]` and `{}`. */
  readonly generic_braces: readonly (readonly [string, string])[] | null;
  readonly generic_extra_braces: readonly (readonly [string, string])[];
  readonly generic_extra_word_characters: readonly string[];
  readonly taint_assume_safe_functions: boolean;
  readonly taint_assume_safe_indexes: boolean;
  readonly taint_assume_safe_comparisons: boolean;
  readonly taint_assume_safe_booleans: boolean;
  readonly taint_assume_safe_numbers: boolean;
  readonly taint_only_propagate_through_assignments: boolean;
  readonly taint_unify_mvars: boolean;
  readonly taint_focus_on: 'source' | 'sink';
}

export const DEFAULT_OPTIONS: RuleOptions = {
  ac_matching: true,
  attr_expr: true,
  commutative_boolop: false,
  symmetric_eq: false,
  constant_propagation: true,
  symbolic_propagation: false,
  decorators_order_matters: false,
  implicit_deep_exprstmt: true,
  implicit_return: true,
  vardef_assign: true,
  flddef_assign: false,
  go_deeper_expr: true,
  go_deeper_stmt: true,
  unify_ids_strictly: true,
  generic_engine: 'spacegrep',
  generic_ellipsis_max_span: 10,
  generic_comment_style: null,
  generic_caseless: false,
  generic_multiline: true,
  generic_braces: null,
  generic_extra_braces: [],
  generic_extra_word_characters: [],
  taint_assume_safe_functions: false,
  taint_assume_safe_indexes: false,
  taint_assume_safe_comparisons: false,
  taint_assume_safe_booleans: false,
  taint_assume_safe_numbers: false,
  taint_only_propagate_through_assignments: false,
  taint_unify_mvars: false,
  taint_focus_on: 'sink',
};
