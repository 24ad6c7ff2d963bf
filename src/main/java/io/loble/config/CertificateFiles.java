package io.loble.config;

/**
 * The files of a certificate and of its private key, in PEM form.
 *
 * @param cert the certificate, followed by those of the authorities between it and the root
 * @param keyPasswordFile file of the key's password; empty where the key is not encrypted
 */
public record CertificateFiles(String cert, String key, String keyPasswordFile) {}
