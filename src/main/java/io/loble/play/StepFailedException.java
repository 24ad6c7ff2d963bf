package io.loble.play;

/** What was seen is not what a scenario says should be. */
final class StepFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  StepFailedException(String message) {
    super(message);
  }
}
