package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Of any bytes: how they arrive changes nothing, and no request ends where it should not. */
class FramingPropertyTest {

  private static final byte[] BEHIND =
      "POST /behind HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".getBytes(ISO_8859_1);

  /** What changes the meaning of a request, more often than chance would have it. */
  private static final List<String> INSERTS =
      List.of(
          "\r",
          "\n",
          "\r\n",
          "\r\n\r\n",
          " ",
          "\t",
          "\0",
          ":",
          ",",
          ";",
          "0",
          "1",
          "+",
          "-",
          "\"",
          "Content-Length: 4\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Host: b\r\n",
          "chunked",
          "0\r\n\r\n",
          "GET /x HTTP/1.1\r\nHost: a\r\n\r\n");

  record Change(int at, int gone, String in) {

    byte[] of(byte[] bytes) {
      int from = at % (bytes.length + 1);
      int to = Math.min(bytes.length, from + gone);
      return StrictRequestDecoderTest.concat(
          Arrays.copyOf(bytes, from),
          in.getBytes(ISO_8859_1),
          Arrays.copyOfRange(bytes, to, bytes.length));
    }
  }

  @Provide
  Arbitrary<byte[]> requests() {
    Stream<byte[]> all =
        Stream.concat(
            AcceptedRequests.all().map(AcceptedRequests.Case::bytes),
            RefusedRequests.all().map(RefusedRequests.Case::bytes));
    return Arbitraries.of(
        all.map(bytes -> StrictRequestDecoderTest.concat(bytes, BEHIND, BEHIND)).toList());
  }

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<String> in =
        Arbitraries.oneOf(
            Arbitraries.of(INSERTS),
            Arbitraries.strings().withCharRange('\0', '\u00ff').ofLength(1));
    return Combinators.combine(
            Arbitraries.integers().between(0, 400), Arbitraries.integers().between(0, 3), in)
        .as(Change::new)
        .list()
        .ofMinSize(0)
        .ofMaxSize(3);
  }

  @Property(tries = 2000)
  void piecesReadLikeTheWhole(
      @ForAll("requests") byte[] bytes, @ForAll("changes") List<Change> changes, @ForAll int cut) {
    byte[] changed = change(bytes, changes);
    int at = Math.floorMod(cut, changed.length + 1);
    assertThat(
            Decoding.of(
                Arrays.copyOf(changed, at), Arrays.copyOfRange(changed, at, changed.length)))
        .isEqualTo(Decoding.of(changed));
  }

  @Property(tries = 3000)
  void nothingEndsWhereTheGrammarDoesNotEndIt(
      @ForAll("requests") byte[] bytes, @ForAll("changes") List<Change> changes) {
    byte[] changed = change(bytes, changes);
    List<String> read =
        Decoding.of(changed).stream()
            .takeWhile(Decoding.Read::complete)
            .map(Decoding.Read::body)
            .toList();
    List<String> model = StrictFraming.bodiesOf(changed);
    assertThat(model).hasSizeGreaterThanOrEqualTo(read.size());
    assertThat(model.subList(0, read.size())).isEqualTo(read);
  }

  private static byte[] change(byte[] bytes, List<Change> changes) {
    byte[] changed = bytes;
    for (Change change : changes) {
      changed = change.of(changed);
    }
    return changed;
  }
}
