/** Whether a notebook's code is Python: its metadata is a label that anyone can write, so it takes more to say no. */
import { withPythonLines } from './line-ends.ts';
import type { MappedText } from './mapped-text.ts';

/** What kernels of other languages call themselves, by the name of the kernel or of the language, without a version. */
const OTHERS = new Set(
  (
    'r ir irkernel julia scala almond spylon-kernel javascript js node nodejs ijavascript jslab typescript ts tslab deno ' +
    'bash sh zsh fish calysto_bash shell sql c c++ cpp xcpp xeus-cling cling c# csharp .net-csharp f# fsharp .net-fsharp ' +
    'powershell .net-powershell pwsh ruby iruby go gophernotes gonb rust evcxr java ijava kotlin groovy clojure haskell ' +
    'ihaskell lua ilua perl iperl raku php sas stata octave matlab maxima prolog scheme racket lisp common-lisp erlang ' +
    'elixir ocaml ocaml-jupyter swift dart fortran gnuplot wolfram mathematica coq lean4 html markdown'
  ).split(' '),
);

/** What a cell in another language would hardly begin a line with. */
const PYTHON_IMPORT = /^[ \t]*(?:import[ \t]+\w|from[ \t]+[\w.]+[ \t]+import\b)/m;

/** `languages` is what the notebook says; a word that says nothing, such as the name of an environment, is no other language. */
export function isPython(languages: readonly string[], code: readonly MappedText[]): boolean {
  const isOther = languages.some((name) => OTHERS.has(withoutVersion(name)));
  if (!isOther || languages.some((name) => /py/i.test(name))) return true;
  return code.some(({ text }) => PYTHON_IMPORT.test(withPythonLines(text)));
}

/** `julia-1.10`, `xcpp17`, `Scala 2.12`. */
function withoutVersion(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[-\s]?[\d.]+$/, '');
}
