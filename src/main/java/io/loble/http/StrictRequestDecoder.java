package io.loble.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.HttpUtils;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Reads the requests of HTTP/1.1 and HTTP/1.0 for Vert.x, in the place of its own decoder, and
 * refuses those that two parsers could read differently (RFC 9112, section 11).
 *
 * <p>Netty's decoder does the reading, at its strictest; this adds what it lets pass. A refused
 * request is a message with a failure as its decoder result; it is the last one of its connection,
 * whatever comes behind it. What is let through is in origin-form, or an asterisk, and has a Host
 * that is a valid one, unless it is of HTTP/1.0.
 */
public final class StrictRequestDecoder extends HttpRequestDecoder {

  /**
   * The name of Vert.x's decoder in its pipelines; it removes what has this name when it upgrades.
   */
  public static final String NAME = "httpDecoder";

  private static final int PIECE = 64 * 1024;

  /** Given, so that no system property turns it off. */
  private static final BiConsumer<CharSequence, CharSequence> VALIDATOR = HttpUtils::validateHeader;

  private static final String VERSION = "HTTP/";
  private static final String FOLD = "a line begins with a space";

  private enum Part {
    LINE,
    FIELDS,
    BODY,
    REFUSED
  }

  private final int maxHead;
  private final HeadFields fields = new HeadFields();

  private Part part = Part.LINE;
  private boolean emptyLine;
  private boolean folded;
  private boolean inTrailers;

  /** What the call of today reads, and from where on. */
  private ByteBuf read = Unpooled.EMPTY_BUFFER;

  private int readFrom;

  /** Where a word of the request line ended. */
  private int wordEnd;

  /**
   * A decoder for one connection.
   *
   * @param maxHead bytes of request line and fields, without their line ends; also the bound of the
   *     line of a chunk, and of head and trailers together
   */
  public StrictRequestDecoder(int maxHead) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHead)
            .setMaxHeaderSize(maxHead)
            .setMaxChunkSize(PIECE)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
    this.maxHead = maxHead;
  }

  /** Whether it has read some of a request that is not complete. */
  boolean isWithinRequest() {
    return part == Part.FIELDS || part == Part.BODY;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (part == Part.REFUSED) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (part == Part.LINE && !isAtLine(in, out)) {
      return;
    }
    read = in;
    readFrom = in.readerIndex();
    super.decode(context, in, out);
    if (inTrailers) {
      folded |= hasFold();
    }
    if (!out.isEmpty()) {
      refuseFold(out);
      hasRead(out.get(out.size() - 1));
    }
    if (part == Part.FIELDS) {
      folded |= hasFold();
    }
    read = Unpooled.EMPTY_BUFFER;
  }

  /** Netty would skip any number of CR and LF, in any order; RFC 9112 asks for one empty line. */
  private boolean isAtLine(ByteBuf in, List<Object> out) {
    int at = in.readerIndex();
    byte first = in.getByte(at);
    if (first > ' ') {
      return true;
    }
    if (first != HttpConstants.CR || emptyLine) {
      refuse(in, out, "a request does not begin with a method");
    } else if (in.readableBytes() > 1) {
      if (in.getByte(at + 1) == HttpConstants.LF) {
        in.skipBytes(2);
        emptyLine = true;
      } else {
        refuse(in, out, "a CR without a LF");
      }
    }
    return false;
  }

  private void refuse(ByteBuf in, List<Object> out, String reason) {
    HttpMessage message = createInvalidMessage();
    message.setDecoderResult(DecoderResult.failure(new MalformedRequestException(reason)));
    out.add(message);
    part = Part.REFUSED;
    in.skipBytes(in.readableBytes());
  }

  private void refuseFold(List<Object> out) {
    if (inTrailers && folded && out.get(out.size() - 1) instanceof LastHttpContent) {
      LastHttpContent refused = new DefaultLastHttpContent();
      refused.setDecoderResult(DecoderResult.failure(new MalformedRequestException(FOLD)));
      out.set(out.size() - 1, refused);
    }
  }

  private void hasRead(Object last) {
    if (last == LastHttpContent.EMPTY_LAST_CONTENT) {
      part = Part.LINE;
    } else if (last instanceof LastHttpContent end) {
      part = end.decoderResult().isSuccess() ? Part.LINE : Part.REFUSED;
    } else if (last instanceof HttpRequest head && head.decoderResult().isFailure()) {
      part = Part.REFUSED;
    }
  }

  /**
   * Netty joins a line that begins with a space to the one before. It reads whole lines, so what it
   * has just read of a head begins with a line.
   */
  private boolean hasFold() {
    int end = read.readerIndex();
    int at = readFrom;
    while (at < end) {
      byte first = read.getByte(at);
      if (first == HttpConstants.SP || first == HttpConstants.HT) {
        return true;
      }
      int lineFeed = read.indexOf(at, end, HttpConstants.LF);
      at = lineFeed < 0 ? end : lineFeed + 1;
    }
    return false;
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    wordEnd = start + length;
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    checkSpace(line, start);
    wordEnd = start + length;
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    checkSpace(line, start);
    return super.splitThirdWordInitialLine(line, start, length);
  }

  private void checkSpace(byte[] line, int start) {
    if (start != wordEnd + 1 || line[wordEnd] != HttpConstants.SP) {
      throw new MalformedRequestException("the request line is not three words and two spaces");
    }
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    emptyLine = false;
    folded = false;
    inTrailers = false;
    part = Part.FIELDS;
    HttpVersion version = version(line[2]);
    HttpMethod method = method(line[0]);
    return new DefaultHttpRequest(
        version, method, target(method, line[1]), HeadersMultiMap.httpHeaders(VALIDATOR), false);
  }

  private static HttpVersion version(String text) {
    if (HttpVersion.HTTP_1_1.text().equals(text)) {
      return HttpVersion.HTTP_1_1;
    }
    if (HttpVersion.HTTP_1_0.text().equals(text)) {
      return HttpVersion.HTTP_1_0;
    }
    if (isVersion(text)) {
      throw new MalformedRequestException(
          HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "only HTTP/1.1 and HTTP/1.0 are spoken");
    }
    throw new MalformedRequestException("the request line does not end with a version of HTTP");
  }

  private static boolean isVersion(String text) {
    return text.length() == VERSION.length() + 3
        && text.startsWith(VERSION)
        && Character.isDigit(text.charAt(VERSION.length()))
        && text.charAt(VERSION.length() + 1) == '.'
        && Character.isDigit(text.charAt(VERSION.length() + 2));
  }

  /**
   * Any token is a method. That of a tunnel is none that is implemented, for any target: 501, and
   * not 405, which says that another target may allow it (RFC 9110, sections 9.1 and 15.6.2).
   */
  private static HttpMethod method(String name) {
    HttpMethod method = HttpMethod.valueOf(name);
    if (HttpMethod.CONNECT.equals(method)) {
      throw new MalformedRequestException(
          HttpResponseStatus.NOT_IMPLEMENTED, "CONNECT is not implemented");
    }
    return method;
  }

  private String target(HttpMethod method, String target) {
    if (target.startsWith("/")) {
      fields.begin(null);
      RequestTarget.check(target);
      return target;
    }
    if (HttpMethod.OPTIONS.equals(method) && target.equals(RequestTarget.ASTERISK)) {
      fields.begin(null);
      return target;
    }
    AbsoluteForm absolute = AbsoluteForm.of(method, target);
    fields.begin(absolute.authority());
    RequestTarget.check(absolute.target());
    return absolute.target();
  }

  @Override
  protected HttpMessage createInvalidMessage() {
    return new DefaultHttpRequest(
        HttpVersion.HTTP_1_1, HttpMethod.GET, "/", HeadersMultiMap.httpHeaders(VALIDATOR), false);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw new MalformedRequestException("a field has no name");
    }
    AsciiString name = super.splitHeaderName(line, start, length);
    if (part == Part.FIELDS) {
      fields.add(name);
    } else {
      inTrailers = true;
      fields.addTrailer(name);
    }
    return name;
  }

  /** Netty asks this at the end of each head, and of every request the answer is the same. */
  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    part = Part.BODY;
    if (folded || hasFold()) {
      throw new MalformedRequestException(FOLD);
    }
    if (message.decoderResult() instanceof HttpMessageDecoderResult result
        && result.totalSize() > maxHead) {
      throw new TooLongHttpHeaderException("the head is longer than " + maxHead + " bytes");
    }
    fields.check((HttpRequest) message);
    return false;
  }
}
