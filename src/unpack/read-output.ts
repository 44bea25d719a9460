/** One output of a notebook cell to its texts. Images, documents and the state of widgets are none. */
import type { JsonReader, Span } from './json-reader.ts';
import type { StoredText } from './stored-text.ts';

export interface NotebookOutput {
  readonly texts: readonly StoredText[];
  readonly traceback: StoredText | null;
  /** The error's message, which a traceback repeats. */
  readonly error: StoredText | null;
}

/** The names that version 3 gave to the texts of an output; `text` is a stream's in version 4 too. */
const TEXT_KEYS = new Set(['text', 'html', 'latex', 'javascript', 'json']);

export function readOutput(json: JsonReader): NotebookOutput {
  const texts: StoredText[] = [];
  const error: { traceback: StoredText | null; value: StoredText | null } = { traceback: null, value: null };
  const span = json.object((key) => {
    if (TEXT_KEYS.has(key)) texts.push(readStored(json));
    else if (key === 'traceback') error.traceback = readStored(json, '\n');
    else if (key === 'evalue') error.value = readStored(json);
    else if (key === 'data') {
      json.object((type) => {
        if (isTextType(type)) texts.push(readStored(json));
      });
    }
  });
  if (span === null) texts.push({ raw: json.skip() });
  return { texts, traceback: error.traceback, error: error.value };
}

/** A string, or strings that are put together with `separator`; anything else stays as it stands in the file. */
export function readStored(json: JsonReader, separator = ''): StoredText {
  const single = json.string();
  if (single !== null) return { strings: [single], separator };
  const strings: Span[] = [];
  let odd = false;
  const list = json.array(() => {
    const span = json.string();
    if (span === null) odd = true;
    else strings.push(span);
  });
  if (list === null) return { raw: json.skip() };
  return odd ? { raw: list } : { strings, separator };
}

/** A vendor's JSON is data that a page shows: tables, charts; Databricks' and an editor's own types are plain output. */
const TEXT_TYPE =
  /^text\/|^application\/(?:json|xml|javascript|x-[\w.-]+|vnd\.(?!jupyter\.widget)(?:[\w.-]+\+json|databricks\.\w+\+output|code\.notebook\.\w+|jupyter\.std\w+))$/i;

function isTextType(type: string): boolean {
  return TEXT_TYPE.test(type.split(';', 1)[0]!.trim());
}
