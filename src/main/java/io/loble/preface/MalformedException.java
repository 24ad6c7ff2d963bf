package io.loble.preface;

/** Bytes that break a rule. Without a stack trace: any client can cause any number of them. */
class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String reason;

  MalformedException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
