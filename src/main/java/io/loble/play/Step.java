package io.loble.play;

/** Something that happens in a scenario, or that must be seen. */
interface Step {

  /** What it does, for those who watch. */
  String says();

  /**
   * Does it, and returns when it is done.
   *
   * @throws StepFailedException when it shows that the scenario has failed
   */
  void play(Stage stage) throws StepFailedException;
}
