/** What a scalar of YAML or JSON comes to: two spellings of one value are the same value. */

const NULLS: ReadonlySet<string> = new Set(['null', 'Null', 'NULL', '~']);
/** As in YAML 1.1, which is what most readers follow. Source: https://yaml.org/type/bool.html */
const TRUES: ReadonlySet<string> = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSES: ReadonlySet<string> = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);
const NUMBER = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?$|^0x[\da-fA-F]+$|^0o[0-7]+$/;

type Scalar = readonly [kind: string, text: string];

/** As Python calls them, in which conditions on metavariables are written. */
export const NULL: Scalar = ['constant', 'None'];
export const TRUE: Scalar = ['constant', 'True'];
export const FALSE: Scalar = ['constant', 'False'];

export function plainScalar(source: string): Scalar {
  if (NULLS.has(source)) return NULL;
  if (TRUES.has(source)) return TRUE;
  if (FALSES.has(source)) return FALSE;
  return NUMBER.test(source) ? numberScalar(source) : ['string', source];
}

/** `1` and `1.0` are one number. */
export function numberScalar(source: string): Scalar {
  const value = Number(source.replaceAll('_', ''));
  const text = Number.isNaN(value) ? source : String(value);
  return [/^-?\d+$/.test(text) ? 'integer' : 'float', text];
}
