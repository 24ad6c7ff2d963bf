package io.loble.tls;

/**
 * What stands between a BEGIN and an END line.
 *
 * @param label such as {@code CERTIFICATE}
 * @param line of the BEGIN line, from 1
 * @param encrypted whether a header says that OpenSSL has encrypted it in its old way
 * @param base64 the content without white space
 */
record PemBlock(String label, int line, boolean encrypted, String base64) {

  static final String CERTIFICATE = "CERTIFICATE";

  boolean isCertificate() {
    return label.equals(CERTIFICATE)
        || label.equals("X509 CERTIFICATE")
        || label.equals("TRUSTED CERTIFICATE");
  }

  boolean isPrivateKey() {
    return label.endsWith("PRIVATE KEY");
  }

  /** As errors name it. */
  String place() {
    return label + " at line " + line;
  }

  @Override
  public String toString() {
    return place();
  }
}
