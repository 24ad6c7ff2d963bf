package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@link StrictRequestDecoder} makes of the bytes of a client. */
final class Decoding {

  /**
   * A request, as far as it was read.
   *
   * @param status of the refusal; zero if nothing was wrong with what was read
   */
  record Read(
      String method,
      String target,
      List<Map.Entry<String, String>> fields,
      String body,
      boolean complete,
      int status) {}

  private Decoding() {}

  static List<Read> of(byte[]... pieces) {
    EmbeddedChannel channel =
        new EmbeddedChannel(new StrictRequestDecoder(RefusedRequests.MAX_HEAD));
    for (byte[] piece : pieces) {
      channel.writeInbound(Unpooled.copiedBuffer(piece));
    }
    List<Read> requests = new ArrayList<>();
    for (HttpObject next = channel.readInbound(); next != null; next = channel.readInbound()) {
      take(requests, next);
    }
    channel.finishAndReleaseAll();
    return requests;
  }

  private static void take(List<Read> requests, HttpObject next) {
    int status =
        next.decoderResult().isSuccess()
            ? 0
            : InvalidRequests.refusalOf(next.decoderResult().cause()).status();
    if (next instanceof HttpRequest head) {
      requests.add(
          new Read(head.method().name(), head.uri(), head.headers().entries(), "", false, status));
      return;
    }
    HttpContent content = (HttpContent) next;
    Read read = requests.remove(requests.size() - 1);
    String body = read.body() + content.content().toString(ISO_8859_1);
    content.release();
    boolean complete = status == 0 && content instanceof LastHttpContent;
    requests.add(new Read(read.method(), read.target(), read.fields(), body, complete, status));
  }
}
