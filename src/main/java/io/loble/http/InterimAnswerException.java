package io.loble.http;

/** A backend has sent an interim answer that nobody has asked for and that is not passed on. */
final class InterimAnswerException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InterimAnswerException(int status) {
    super("interim status " + status, null, false, false);
  }
}
