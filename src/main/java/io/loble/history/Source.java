package io.loble.history;

/** Where samples come from. */
interface Source {

  /** Tells what has happened since the last time; the first time, that nothing has. */
  void sample(Target target);
}
