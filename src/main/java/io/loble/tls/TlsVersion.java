package io.loble.tls;

import java.util.Arrays;
import java.util.List;

/** The versions of TLS that are not known to be weak (RFC 8996 has retired the others). */
public enum TlsVersion {
  TLS_1_2("TLSv1.2"),
  TLS_1_3("TLSv1.3");

  private final String text;

  TlsVersion(String text) {
    this.text = text;
  }

  /** As both engines write it. */
  public String text() {
    return text;
  }

  /** This one and the newer ones. */
  List<String> andNewer() {
    return Arrays.stream(values())
        .filter(version -> version.compareTo(this) >= 0)
        .map(TlsVersion::text)
        .toList();
  }
}
