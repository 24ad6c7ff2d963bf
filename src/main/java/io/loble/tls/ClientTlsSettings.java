package io.loble.tls;

import java.util.Optional;

/**
 * What TLS towards backends is made of.
 *
 * @param credential that is shown to a backend that asks for one
 */
public record ClientTlsSettings(
    BackendTrust trust, Optional<Credential> credential, TlsTerms terms) {}
