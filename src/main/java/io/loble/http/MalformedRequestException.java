package io.loble.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * A request that is refused as it was written. Without a stack trace: any client can cause any
 * number of them.
 */
public final class MalformedRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  /** With 400, the answer to most. */
  MalformedRequestException(String reason) {
    this(HttpResponseStatus.BAD_REQUEST, reason);
  }

  MalformedRequestException(HttpResponseStatus status, String reason) {
    super(reason, null, false, false);
    this.status = status.code();
    this.reason = reason;
  }

  /** The status of the answer, 400 to 599. */
  public int status() {
    return status;
  }

  /** What was wrong, without a byte of what the client sent. */
  public String reason() {
    return reason;
  }
}
