package io.loble.preface;

/** What to do after a look at what a connection has said. */
public sealed interface PrefaceStep {

  /**
   * Read on.
   *
   * @param atLeast how many bytes that are not consumed have to be there at least before there can
   *     be a result; errors may show before that
   */
  record NeedMore(int atLeast) implements PrefaceStep {}

  /** Send this byte to the client, and read on. */
  record Reply(byte answer) implements PrefaceStep {}

  /** All is known. */
  record Done(PrefaceResult result) implements PrefaceStep {}
}
