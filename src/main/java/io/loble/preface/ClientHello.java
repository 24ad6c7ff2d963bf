package io.loble.preface;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS client asks for before anything is encrypted. With Encrypted Client Hello this is the
 * outer message: the name is that of the server that can decrypt the inner one.
 *
 * @param serverName lower case, without a dot at its end; null when the client names no host
 * @param alpn names of protocols, the most preferred first; bytes beyond ASCII are read as Latin-1
 * @param version the highest that the client offers, such as {@code 0x0304} for TLS 1.3
 * @param ecdsa which certificates with keys of elliptic curves the client can check
 */
public record ClientHello(
    @Nullable String serverName, List<String> alpn, int version, EcdsaOffer ecdsa) {
  public ClientHello {
    alpn = List.copyOf(alpn);
  }
}
