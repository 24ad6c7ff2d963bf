package io.loble.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Reads a private key, RSA or EC: PKCS#8, encrypted or not, PKCS#1 and SEC1. Other blocks of the
 * file, such as certificates, do not matter.
 */
final class PrivateKeys {

  /** PBES2 of RFC 8018: the name of what it is made of stands in its parameters. */
  private static final String PBES2_OID = "1.2.840.113549.1.5.13";

  private static final String CONVERT = "; \"openssl pkcs8 -topk8 -in FILE\" writes one that can";

  private PrivateKeys() {}

  /**
   * @param password of an encrypted key; its array is not kept
   */
  static PrivateKey read(PemFile file, Optional<char[]> password) throws TlsFileException {
    List<PemBlock> blocks = PemBlocks.read(file);
    List<PemBlock> keys = blocks.stream().filter(PemBlock::isPrivateKey).toList();
    if (keys.isEmpty()) {
      throw new TlsFileException(file, "has no private key" + instead(blocks));
    }
    if (keys.size() > 1) {
      throw new TlsFileException(file, "has more than one private key: " + keys);
    }
    return parse(file, pkcs8(file, keys.get(0), blocks, password));
  }

  static String instead(List<PemBlock> blocks) {
    return blocks.isEmpty()
        ? ": it has no line that begins with \"-----BEGIN\"; only PEM can be read"
        : ", but " + blocks;
  }

  private static byte[] pkcs8(
      PemFile file, PemBlock key, List<PemBlock> blocks, Optional<char[]> password)
      throws TlsFileException {
    if (key.encrypted()) {
      throw new TlsFileException(
          file, "its key is encrypted in a form that cannot be read" + CONVERT);
    }
    byte[] der = PemBlocks.decode(file, key);
    return switch (key.label()) {
      case "PRIVATE KEY" -> der;
      case "ENCRYPTED PRIVATE KEY" -> decrypt(file, der, password);
      case "RSA PRIVATE KEY" -> KeyWrapping.pkcs1(der);
      case "EC PRIVATE KEY" -> sec1(file, der, blocks);
      default ->
          throw new TlsFileException(
              file, "has a " + key.label() + ", which is not supported; RSA and EC keys are");
    };
  }

  private static byte[] sec1(PemFile file, byte[] der, List<PemBlock> blocks)
      throws TlsFileException {
    Optional<PemBlock> block =
        blocks.stream().filter(b -> b.label().equals("EC PARAMETERS")).findFirst();
    Optional<byte[]> parameters =
        block.isPresent() ? Optional.of(PemBlocks.decode(file, block.get())) : Optional.empty();
    try {
      return KeyWrapping.sec1(der, parameters);
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(file, "its EC key is broken: " + e.getMessage(), e);
    }
  }

  private static byte[] decrypt(PemFile file, byte[] der, Optional<char[]> password)
      throws TlsFileException {
    char[] secret =
        password.orElseThrow(
            () ->
                new TlsFileException(
                    file,
                    "its key is encrypted, and there is no password; name its file with key_password_file"));
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      return decrypted(file, info, secret);
    } catch (TlsFileException e) {
      throw e;
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsFileException(
          file,
          "its key is broken, or encrypted in a form that cannot be read ("
              + e.getMessage()
              + ')'
              + CONVERT,
          e);
    }
  }

  private static byte[] decrypted(PemFile file, EncryptedPrivateKeyInfo info, char[] secret)
      throws TlsFileException, GeneralSecurityException {
    String algorithm =
        info.getAlgName().equals(PBES2_OID) || info.getAlgName().equals("PBES2")
            ? info.getAlgParameters().toString()
            : info.getAlgName();
    PBEKeySpec spec = new PBEKeySpec(secret);
    try {
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm).generateSecret(spec),
          info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (InvalidKeySpecException | InvalidKeyException e) {
      // What a wrong password gives is no key, where it has passed for one with valid padding.
      throw wrongPassword(file, e);
    } finally {
      spec.clearPassword();
    }
  }

  private static TlsFileException wrongPassword(PemFile file, Exception cause) {
    return new TlsFileException(file, "the password does not fit its encrypted key", cause);
  }

  private static PrivateKey parse(PemFile file, byte[] pkcs8) throws TlsFileException {
    try {
      PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
      for (String algorithm : List.of("RSA", "EC")) {
        Optional<PrivateKey> key = tried(algorithm, spec);
        if (key.isPresent()) {
          return key.get();
        }
      }
      throw new TlsFileException(
          file,
          "its private key is broken or of a kind that is not supported; RSA keys and EC keys of"
              + " P-256, P-384 and P-521 are");
    } finally {
      Arrays.fill(pkcs8, (byte) 0);
    }
  }

  private static Optional<PrivateKey> tried(String algorithm, PKCS8EncodedKeySpec spec) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
    } catch (InvalidKeySpecException e) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no " + algorithm, e);
    }
  }
}
