package io.loble.sim.server;

import io.loble.sim.LineProtocol;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The beginning of a connection: its first line tells HTTP, whose request lines have a form of
 * their own, from the line protocol, which is all else.
 */
final class Opening implements Dialogue {

  private static final Pattern REQUEST_LINE =
      Pattern.compile("[!-~]+ (/|\\*|http)[^ ]* HTTP/1\\.[0-9]\\r?");

  private final Way way;
  private final Supplier<Dialogue> lines;
  private final Supplier<Dialogue> http;
  private final Buffer bytes = Buffer.buffer();
  private int searched;

  Opening(Way way, Supplier<Dialogue> lines, Supplier<Dialogue> http) {
    this.way = way;
    this.lines = lines;
    this.http = http;
  }

  @Override
  public void offer(Buffer chunk) {
    bytes.appendBuffer(chunk);
  }

  @Override
  public boolean advance() {
    while (searched < bytes.length() && bytes.getByte(searched) != '\n') {
      searched++;
    }
    boolean whole = searched < bytes.length();
    if (!whole && searched <= LineProtocol.MAX_LINE) {
      return false;
    }
    Dialogue next = whole && isRequestLine() ? http.get() : lines.get();
    way.become(next);
    next.offer(bytes);
    return true;
  }

  private boolean isRequestLine() {
    String line = bytes.getString(0, searched, StandardCharsets.ISO_8859_1.name());
    return REQUEST_LINE.matcher(line).matches();
  }

  @Override
  public boolean isMidAnswer() {
    return false;
  }
}
