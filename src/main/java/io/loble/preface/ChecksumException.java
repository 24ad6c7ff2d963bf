package io.loble.preface;

/** A checksum that is not that of the bytes. */
final class ChecksumException extends MalformedException {

  private static final long serialVersionUID = 1L;

  ChecksumException(String reason) {
    super(reason);
  }
}
