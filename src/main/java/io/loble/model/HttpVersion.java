package io.loble.model;

import java.util.Optional;
import java.util.stream.Stream;

/** What is spoken with the backends of a pool. */
public enum HttpVersion {
  HTTP_1_1("http/1.1"),
  /** Agreed on by ALPN where the connection is encrypted; else the backend has to know it. */
  H2("h2");

  private final String label;

  HttpVersion(String label) {
    this.label = label;
  }

  /** As the configuration and ALPN have it. */
  public String label() {
    return label;
  }

  /** The one of that label. */
  public static Optional<HttpVersion> of(String label) {
    return Stream.of(values()).filter(version -> version.label.equals(label)).findFirst();
  }
}
