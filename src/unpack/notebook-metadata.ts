/** A notebook's metadata to what people put into it; what tools keep there (ids, hashes, times, state of widgets) is left out. */
import type { JsonReader, Span } from './json-reader.ts';

/** Values of metadata that are read in one notebook. */
export const MAX_SETTINGS = 10_000;

/** A run's parameters, what a kernel starts with. */
const SETTINGS = /^(?:papermill|env|envs|environment|environment_variables|params|parameters|secrets?|credentials)$/i;

/** Jupyter's own, Colab's, Kaggle's, those of editors, of nbgrader, jupytext and other extensions. */
const KEPT_BY_TOOLS = new Set(
  `widgets signature toc varInspector latex_envs celltoolbar hide_input nbsphinx bento_stylesheets @webio anaconda-cloud
  colab colab_type accelerator kaggle gather executionInfo execution ExecuteTime executionStartTime executionStopTime
  interpreter vscode pycharm jupytext jupyter collapsed scrolled tags slideshow nbgrader checkpoints
  language code_folding raw_mimetype`.split(/\s+/),
);
const NAMES_AN_ID =
  /(?:^|[ug]u|cell_?|notebook_?|file_?|output_?|msg_?|kernel_?|session_?|run_?)ids?$|(?:hash|digest|checksum|fingerprint|signature|sha\d*|md5|etag|originalKey)$/i;
/** Shorter, or nothing but short words: nothing to look for. */
const CAN_HOLD_A_SECRET = /[^\s",:[\]{}]{8}/;

/** The next value, which stands under `key` in an object of metadata; `ofTool` is true inside what a tool keeps. */
export function readSetting(json: JsonReader, text: string, settings: Span[], key: string, ofTool = false): void {
  const named = SETTINGS.test(key);
  const left = ofTool ? !named : !named && (KEPT_BY_TOOLS.has(key) || NAMES_AN_ID.test(key));
  if (left) return;
  const { start, end } = json.skip();
  if (settings.length < MAX_SETTINGS && CAN_HOLD_A_SECRET.test(text.slice(start, end)))
    settings.push({ start: startOfName(text, start), end });
}

/** The name belongs to it: it says what the value is. */
function startOfName(text: string, value: number): number {
  const close = text.lastIndexOf('"', value - 1);
  return Math.max(0, text.lastIndexOf('"', close - 1));
}
