package io.loble.control;

/** Why a command is refused. Faces such as HTTP have a code for each. */
public enum Reason {
  /** An argument is missing, unknown, or of the wrong kind or value. */
  INVALID_ARGUMENT,
  /** What the command names does not exist. */
  NOT_FOUND,
  /** The command contradicts the state of the balancer, or what another command has done. */
  CONFLICT,
  /** A configuration file cannot be used as a whole. */
  INVALID_CONFIG,
  /** Not now: the process stops, is not complete, or does not respond. */
  UNAVAILABLE,
  /** Not in this process, whenever it is tried. */
  UNSUPPORTED
}
