package io.loble.http;

/** A request to a backend is given up, or has no connection any more. */
final class GivenUpException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Without a stack: it is no defect, and may come often. */
  GivenUpException() {
    super("given up", null, false, false);
  }
}
