package io.loble.upstream.discovery;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts what comes in parts into lines. */
final class LineCutter {

  private static final int LONGEST_LINE = 4 << 20;

  private Buffer rest = Buffer.buffer();

  /** The lines that end with this part, without those that are empty. */
  List<Buffer> cut(Buffer part) throws KubernetesException {
    List<Buffer> lines = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < part.length(); at++) {
      if (part.getByte(at) == '\n') {
        Buffer line = rest.appendBuffer(part, from, at - from);
        if (line.length() > 0) {
          lines.add(line);
        }
        rest = Buffer.buffer();
        from = at + 1;
      }
    }
    rest.appendBuffer(part, from, part.length() - from);
    if (rest.length() > LONGEST_LINE) {
      throw new KubernetesException(0, "an event of the API server has no end");
    }
    return lines;
  }
}
