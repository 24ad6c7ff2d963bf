package io.loble.play;

/** Counting begins anew. */
record MarkStep() implements Step {

  @Override
  public String says() {
    return "mark: counting from here on";
  }

  @Override
  public void play(Stage stage) {
    stage.mark();
  }
}
