/** What is said of an analyzer that threw: which error and where in Assay, and never its message, which may quote the file. */

const FRAME = /^\s+at (?:.*\()?(?:file:\/\/)?[^()\n]*?([\w-]+\.ts):(\d{1,6}):\d{1,6}\)?$/m;

export function crashWords({ name, message, stack = '' }: Error): string {
  // The stack begins with the message, of which a line may look like a frame.
  const frames = stack.slice(stack.indexOf(message) + message.length);
  const [, file, line] = FRAME.exec(frames) ?? [];
  const kind = /^[A-Za-z]{1,40}$/.test(name) ? name : 'an error';
  return `the analyzer failed: ${kind}${file === undefined ? '' : ` at ${file}:${line}`}`;
}
