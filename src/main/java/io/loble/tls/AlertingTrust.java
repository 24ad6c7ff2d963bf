package io.loble.tls;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Tells BoringSSL why a certificate is refused. Netty does so for those that have expired; for all
 * else, the peer would get the alert {@code internal_error} and look for the fault in the wrong
 * place.
 */
final class AlertingTrust extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager jdk;

  AlertingTrust(X509ExtendedTrustManager jdk) {
    this.jdk = jdk;
  }

  private interface Check {
    void run() throws CertificateException;
  }

  private static void check(Check check) throws CertificateException {
    try {
      check.run();
    } catch (CertificateException e) {
      throw switch (TlsFailure.of(e).kind()) {
        case EXPIRED, NOT_YET_VALID -> e;
        case UNKNOWN_AUTHORITY ->
            refused(e, CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
        default -> refused(e, CertificateVerifier.X509_V_ERR_CERT_REJECTED);
      };
    }
  }

  private static CertificateException refused(CertificateException cause, int code) {
    // Netty replaces an exception whose message begins like that of the JDK for a wrong name.
    return new OpenSslCertificateException("refused: " + cause.getMessage(), cause, code);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(() -> jdk.checkClientTrusted(chain, type, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(() -> jdk.checkServerTrusted(chain, type, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(() -> jdk.checkClientTrusted(chain, type, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(() -> jdk.checkServerTrusted(chain, type, socket));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(() -> jdk.checkClientTrusted(chain, type));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(() -> jdk.checkServerTrusted(chain, type));
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
