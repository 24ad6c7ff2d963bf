package io.loble.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the blocks of a PEM file. Text outside of them is a comment, as RFC 7468 has it. */
final class PemBlocks {

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private final PemFile file;
  private final List<PemBlock> blocks = new ArrayList<>();
  private final StringBuilder base64 = new StringBuilder();
  private @Nullable String label;
  private int begun;
  private boolean encrypted;

  private PemBlocks(PemFile file) {
    this.file = file;
  }

  /** In the order of the file. */
  static List<PemBlock> read(PemFile file) throws TlsFileException {
    PemBlocks reader = new PemBlocks(file);
    int number = 0;
    for (String line : (Iterable<String>) file.text().lines()::iterator) {
      reader.line(line.strip(), ++number);
    }
    if (reader.label != null) {
      throw reader.broken("has no line \"" + END + reader.label + DASHES + '"');
    }
    return List.copyOf(reader.blocks);
  }

  /** The bytes that a block holds. */
  static byte[] decode(PemFile file, PemBlock block) throws TlsFileException {
    try {
      byte[] der = Base64.getDecoder().decode(block.base64());
      if (der.length == 0) {
        throw new TlsFileException(file, "the " + block.place() + " is empty");
      }
      return der;
    } catch (IllegalArgumentException e) {
      throw new TlsFileException(
          file, "the " + block.place() + " is not Base64: " + e.getMessage(), e);
    }
  }

  private void line(String line, int number) throws TlsFileException {
    String open = label;
    if (line.startsWith(BEGIN) && line.endsWith(DASHES)) {
      if (open != null) {
        throw broken("has another BEGIN at line " + number + " before its END");
      }
      begin(line.substring(BEGIN.length(), line.length() - DASHES.length()), number);
    } else if (line.startsWith(END) && open != null) {
      if (!line.equals(END + open + DASHES)) {
        throw broken("ends at line " + number + " with \"" + line + '"');
      }
      blocks.add(new PemBlock(open, begun, encrypted, base64.toString()));
      label = null;
    } else if (open != null) {
      content(line);
    }
  }

  private void begin(String name, int number) {
    label = name;
    begun = number;
    encrypted = false;
    base64.setLength(0);
  }

  private void content(String line) {
    // "Proc-Type: 4,ENCRYPTED" of RFC 1421; no line of Base64 has a colon.
    if (line.indexOf(':') >= 0) {
      encrypted |= line.contains("ENCRYPTED");
    } else {
      base64.append(line);
    }
  }

  private TlsFileException broken(String what) {
    return new TlsFileException(file, "the " + label + " at line " + begun + ' ' + what);
  }
}
