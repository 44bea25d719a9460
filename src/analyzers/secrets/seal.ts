/** Seals secrets, and opens them: the one door to their clear text, for this folder only. */
import { inspect } from 'node:util';
import type { SealedSecret } from '#domain/sealed-secret.ts';

const SHOWN = '‹redacted›';
const show = (): string => SHOWN;

/** What was sealed is no property of the seal, so that nothing that walks over one finds it. */
const contents = new WeakMap<SealedSecret, readonly string[]>();

/** `written` is how the secret stands in the file, where that differs: each form gives it away. */
export function seal(clear: string, written: string = clear): SealedSecret {
  const sealed: SealedSecret = Object.freeze({
    toString: show,
    toJSON: show,
    [Symbol.toPrimitive]: show,
    [inspect.custom]: show,
  });
  contents.set(sealed, clear === written ? [clear] : [clear, written]);
  return sealed;
}

/** The clear text first, then how it is written. @throws TypeError for what was not sealed here. */
export function unseal(sealed: SealedSecret): readonly string[] {
  const forms = contents.get(sealed);
  if (forms === undefined) throw new TypeError('not a sealed secret');
  return forms;
}
