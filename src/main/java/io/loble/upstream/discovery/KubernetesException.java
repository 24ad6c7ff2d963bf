package io.loble.upstream.discovery;

import io.loble.net.ConnectError;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Says in words why an API server gave no answer that is of use. */
final class KubernetesException extends Exception {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_MESSAGE = 300;

  private final int status;

  /**
   * @param status of HTTP; 0 if there is none
   */
  KubernetesException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** What it has refused to answer. */
  static KubernetesException refused(int status, Buffer body) {
    String said = said(body);
    String reason =
        switch (status) {
          case HttpURLConnection.HTTP_UNAUTHORIZED ->
              "the API server does not accept the token of this process (401)";
          case HttpURLConnection.HTTP_FORBIDDEN -> "the API server forbids it (403)";
          default -> "the API server answers " + status;
        };
    return new KubernetesException(status, said.isEmpty() ? reason : reason + ": " + said);
  }

  /** The object of an event that reports an error. */
  static KubernetesException refused(JsonObject object) {
    Object code = object.getValue("code");
    return refused(code instanceof Integer status ? status : 0, object.toBuffer());
  }

  /** It has said something that is no answer. */
  static KubernetesException unreadable(Throwable cause) {
    String why = cause instanceof DecodeException ? "no JSON" : clean(cause.getMessage());
    return new KubernetesException(0, "the API server's answer cannot be read: " + why);
  }

  /** There is no knowing which server to ask, or how. */
  static KubernetesException unusable(Throwable cause) {
    Throwable first = cause;
    while (first.getCause() != null && first.getCause() != first) {
      first = first.getCause();
    }
    return new KubernetesException(
        0, "cannot use the service account or the kubeconfig: " + clean(first.getMessage()));
  }

  /** It could not be asked. */
  static KubernetesException of(String server, Throwable cause) {
    if (cause instanceof KubernetesException known) {
      return known;
    }
    if (cause instanceof ClassCastException || cause instanceof DecodeException) {
      return unreadable(cause);
    }
    return new KubernetesException(
        0, "cannot reach the API server " + server + ": " + clean(ConnectError.of(cause).text()));
  }

  /** What is asked for does not exist. */
  boolean isNotFound() {
    return status == HttpURLConnection.HTTP_NOT_FOUND;
  }

  /** A right is missing. */
  boolean isForbidden() {
    return status == HttpURLConnection.HTTP_FORBIDDEN;
  }

  /** The same, after other words. */
  KubernetesException because(String reason) {
    return new KubernetesException(status, reason + ": " + getMessage());
  }

  /** The version from which a watch should go on is too old. */
  boolean isGone() {
    return status == HttpURLConnection.HTTP_GONE;
  }

  /** Asking again would not help. */
  boolean isFinal() {
    return status >= 400 && status < 500 && status != 429;
  }

  private static String said(Buffer body) {
    try {
      return clean(SliceReader.text(new JsonObject(body), "message"));
    } catch (DecodeException | ClassCastException e) {
      return "";
    }
  }

  /** A line of a bounded length. */
  private static String clean(@Nullable String text) {
    String line = String.valueOf(text).replaceAll("\\p{Cc}+", " ").strip();
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
  }
}
