package io.loble.history;

/** What a history is of. */
public sealed interface Scope {

  /** The process as a whole. */
  record Whole() implements Scope {}

  /** A listener. */
  record OfListener(String name) implements Scope {}

  /** A pool, all its backends together. */
  record OfPool(String name) implements Scope {}

  /** A backend of a pool. */
  record OfBackend(String pool, String name) implements Scope {}
}
