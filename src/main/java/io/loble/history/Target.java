package io.loble.history;

/** Receives what was sampled. What it is given is used again afterwards: it keeps nothing of it. */
interface Target {

  void process(Amounts amounts);

  void listener(String name, Amounts amounts);

  void pool(String name, Amounts amounts);

  void backend(String pool, String name, Amounts amounts);
}
