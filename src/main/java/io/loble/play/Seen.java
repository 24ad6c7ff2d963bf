package io.loble.play;

/** What was seen of a claim. */
record Seen(Claim claim, Object seen) {

  boolean holds() {
    return claim.expected().holds(seen);
  }

  /** What it is. */
  String value() {
    return claim.subject() + "." + claim.name() + " " + text();
  }

  /** What it is, and should be. */
  String complaint() {
    return value() + ", expected " + claim.expected();
  }

  private String text() {
    return seen instanceof Number number ? Text.of(number.doubleValue()) : seen.toString();
  }
}
