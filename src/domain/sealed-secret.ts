/** A secret as the program holds it outside of its detector: it can be handed around, and says nothing. */

/**
 * Printed, put into a text or into JSON it is `‹redacted›`, and it cannot be sent to another thread or stored: a structured
 * clone of it throws. Only `analyzers/secrets` can open one.
 */
export interface SealedSecret {
  toString(): string;
  toJSON(): string;
}
