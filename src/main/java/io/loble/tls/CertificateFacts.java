package io.loble.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * What status and metrics say of a certificate.
 *
 * @param subject as RFC 2253 writes it, such as {@code CN=db.example.com,O=Example}
 * @param issuer likewise
 * @param dnsNames of its subject alternative names, in lower case, such as {@code *.example.com}.
 *     The common name does not count (RFC 9525, section 2)
 * @param addresses the IP addresses among them
 * @param notBefore from when it is valid
 * @param notAfter until when
 * @param fingerprint SHA-256 of it, in lower-case hexadecimal digits
 */
public record CertificateFacts(
    String subject,
    String issuer,
    List<String> dnsNames,
    List<String> addresses,
    Instant notBefore,
    Instant notAfter,
    String fingerprint) {

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  public CertificateFacts {
    dnsNames = List.copyOf(dnsNames);
    addresses = List.copyOf(addresses);
  }

  /** What this certificate says. */
  public static CertificateFacts of(X509Certificate certificate) {
    return new CertificateFacts(
        subject(certificate),
        certificate.getIssuerX500Principal().getName(),
        names(certificate, DNS_NAME).stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", ""))
            .distinct()
            .toList(),
        names(certificate, IP_ADDRESS).stream().map(CertificateFacts::canonical).toList(),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        fingerprint(certificate));
  }

  static String subject(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    // Legal where the names are the alternative ones, and then there is nothing to call it by.
    return subject.isEmpty() ? "serial number " + certificate.getSerialNumber() : subject;
  }

  private static List<String> names(X509Certificate certificate, int type) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      for (List<?> name : all == null ? List.<List<?>>of() : all) {
        if (name.get(0).equals(type) && name.get(1) instanceof String text) {
          names.add(text);
        }
      }
    } catch (CertificateParsingException e) {
      // Peers will find none either.
      return List.of();
    }
    return names;
  }

  /** The JDK writes an IPv6 address without shortening it, and the text is never looked up. */
  private static String canonical(String address) {
    try {
      return InetAddress.getByName(address).getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
