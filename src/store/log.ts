/** Where the store and the queue write what an operator must know: the shape of pino, which Probot brings. */

/** Fields are short facts; they never hold text of the code under review. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };
