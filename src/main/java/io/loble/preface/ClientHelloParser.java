package io.loble.preface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a complete ClientHello: RFC 8446, section 4.1.2, the server name of RFC 6066,
 * the protocols of RFC 7301. Values that RFC 8701 (GREASE) reserves are left out.
 */
final class ClientHelloParser {

  private static final int RANDOM_BYTES = 32;
  private static final int MOST_SESSION_ID = 32;

  private static final int SERVER_NAME = 0;
  private static final int SIGNATURE_ALGORITHMS = 13;
  private static final int ALPN = 16;
  private static final int SUPPORTED_VERSIONS = 43;

  private static final int HOST_NAME = 0;
  private static final int TLS_1_2 = 0x0303;
  private static final int TLS_1_3 = 0x0304;

  private int[] types = new int[32];
  private int typeCount;

  private int version;
  private @Nullable String serverName;
  private List<String> alpn = List.of();
  private boolean ecdsaSuite;
  private EcdsaOffer schemes = EcdsaOffer.NONE;

  private ClientHelloParser() {}

  /**
   * @param body the message without its header, from index 0 to the limit
   */
  static ClientHello parse(ByteBuffer body) throws MalformedException {
    ClientHelloParser parser = new ClientHelloParser();
    parser.readBody(new Fields(body));
    return new ClientHello(parser.serverName, parser.alpn, parser.version, parser.ecdsa());
  }

  private void readBody(Fields body) throws MalformedException {
    int legacyVersion = body.uint16();
    require(legacyVersion >> 8 == 3, "a ClientHello has a version other than SSL 3 or TLS");
    version = Math.min(legacyVersion, TLS_1_2);
    body.skip(RANDOM_BYTES);
    int sessionId = body.uint8();
    require(sessionId <= MOST_SESSION_ID, "the session id of a ClientHello is too long");
    body.skip(sessionId);
    int suites = body.uint16();
    require(suites > 0 && suites % 2 == 0, "a ClientHello has no valid list of cipher suites");
    readSuites(body.next(suites));
    int compressions = body.uint8();
    require(compressions > 0, "a ClientHello has no list of compression methods");
    body.skip(compressions);
    if (!body.isEmpty()) {
      readExtensions(body);
    }
  }

  private void readSuites(Fields suites) throws MalformedException {
    while (!suites.isEmpty()) {
      ecdsaSuite |= EcdsaOffer.isEcdsa(suites.uint16());
    }
  }

  /** What is wrong with them is for the server to say: here they are only looked at. */
  private void readSchemes(Fields offered) throws MalformedException {
    while (offered.remaining() >= 2) {
      schemes = schemes.with(offered.uint16());
    }
  }

  private EcdsaOffer ecdsa() {
    return version >= TLS_1_3 || ecdsaSuite ? schemes : EcdsaOffer.NONE;
  }

  private void readExtensions(Fields body) throws MalformedException {
    Fields extensions = body.next(body.uint16());
    require(body.isEmpty(), "a ClientHello has bytes after its extensions");
    while (!extensions.isEmpty()) {
      int type = extensions.uint16();
      remember(type);
      readExtension(type, extensions.next(extensions.uint16()));
    }
    requireDifferentTypes();
  }

  private void requireDifferentTypes() throws MalformedException {
    Arrays.sort(types, 0, typeCount);
    for (int i = 1; i < typeCount; i++) {
      if (types[i] == types[i - 1]) {
        throw new MalformedException("a ClientHello has two extensions of type " + types[i]);
      }
    }
  }

  private void remember(int type) {
    if (typeCount == types.length) {
      types = Arrays.copyOf(types, 2 * typeCount);
    }
    types[typeCount++] = type;
  }

  private void readExtension(int type, Fields extension) throws MalformedException {
    switch (type) {
      case SERVER_NAME -> readServerNames(list(extension, extension.uint16()));
      case SIGNATURE_ALGORITHMS -> readSchemes(list(extension, extension.uint16()));
      case ALPN -> readProtocols(list(extension, extension.uint16()));
      case SUPPORTED_VERSIONS -> readVersions(list(extension, extension.uint8()));
      default -> {}
    }
  }

  /** All of these extensions are one list, which is never empty. */
  private static Fields list(Fields extension, int length) throws MalformedException {
    require(
        length > 0 && length == extension.remaining(),
        "a list in a ClientHello does not have the length of its extension");
    return extension.next(length);
  }

  private void readServerNames(Fields names) throws MalformedException {
    boolean found = false;
    while (!names.isEmpty()) {
      int type = names.uint8();
      Fields name = names.next(names.uint16());
      if (type == HOST_NAME) {
        require(!found, "a ClientHello has two host names");
        found = true;
        serverName = HostName.read(name);
      }
    }
  }

  private void readProtocols(Fields names) throws MalformedException {
    List<String> read = new ArrayList<>();
    while (!names.isEmpty()) {
      byte[] name = names.next(names.uint8()).rest();
      require(name.length > 0, "a ClientHello has an empty name of a protocol");
      if (!(name.length == 2 && isGrease(((name[0] & 0xff) << 8) | (name[1] & 0xff)))) {
        read.add(new String(name, ISO_8859_1));
      }
    }
    alpn = read;
  }

  private void readVersions(Fields versions) throws MalformedException {
    int highest = 0;
    while (!versions.isEmpty()) {
      int offered = versions.uint16();
      // Those of GREASE, drafts and DTLS have another first byte.
      if (offered >> 8 == 3) {
        highest = Math.max(highest, offered);
      }
    }
    version = highest > 0 ? highest : version;
  }

  private static boolean isGrease(int value) {
    return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
  }

  private static void require(boolean holds, String otherwise) throws MalformedException {
    if (!holds) {
      throw new MalformedException(otherwise);
    }
  }
}
