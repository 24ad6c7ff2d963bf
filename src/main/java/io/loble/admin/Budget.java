package io.loble.admin;

/** How much of something all clients together may hold. To be used from one context. */
final class Budget {

  private final long most;
  private long held;

  Budget(long most) {
    this.most = most;
  }

  /** Takes that much, unless it is too much. After {@code true} the caller gives it back once. */
  boolean tryTake(long amount) {
    if (held + amount > most) {
      return false;
    }
    held += amount;
    return true;
  }

  void giveBack(long amount) {
    held -= amount;
  }
}
