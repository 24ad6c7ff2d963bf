package io.loble.http;

/** Why a stream of HTTP/2 is reset (RFC 9113, 7). */
final class Http2Codes {

  static final long NO_ERROR = 0;
  static final long INTERNAL_ERROR = 2;

  private Http2Codes() {}
}
