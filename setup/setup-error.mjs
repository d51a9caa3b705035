/** A set-up step that cannot go on. The message is for the person at the terminal: what, where, what to do. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** The person pressed Ctrl-C, or the process was asked to end. */
export class SetupInterrupted extends Error {
  name = 'SetupInterrupted';
}
