package io.loble.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is refused, what is let through, and that nothing behind a refused request is looked at. */
class StrictRequestDecoderTest {

  private static final byte[] BEHIND =
      "GET /behind HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1);

  static Stream<RefusedRequests.Case> refused() {
    return RefusedRequests.all();
  }

  static Stream<AcceptedRequests.Case> accepted() {
    return AcceptedRequests.all();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(RefusedRequests.Case wrong) {
    List<Decoding.Read> requests = Decoding.of(wrong.bytes());
    assertThat(requests).hasSize(1);
    assertThat(requests.get(0).status()).isEqualTo(wrong.status());
    assertThat(requests.get(0).complete()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void looksAtNothingBehindARefusedRequest(RefusedRequests.Case wrong) {
    List<Decoding.Read> alone = Decoding.of(wrong.bytes());
    assertThat(Decoding.of(concat(wrong.bytes(), BEHIND))).isEqualTo(alone);
    assertThat(Decoding.of(wrong.bytes(), BEHIND, BEHIND)).isEqualTo(alone);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesTheSameByteByByte(RefusedRequests.Case wrong) {
    assertThat(Decoding.of(singles(wrong.bytes())))
        .extracting(Decoding.Read::status)
        .containsExactly(wrong.status());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void letsThrough(AcceptedRequests.Case right) {
    List<Decoding.Read> requests = Decoding.of(right.bytes());
    assertThat(requests).hasSize(1);
    Decoding.Read read = requests.get(0);
    assertThat(read.status()).isZero();
    assertThat(read.complete()).isTrue();
    assertThat(read.target()).isEqualTo(right.target());
    assertThat(read.body()).isEqualTo(right.body());
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void readsOnBehindWhatItLetsThrough(AcceptedRequests.Case right) {
    assertThat(Decoding.of(concat(right.bytes(), BEHIND)))
        .extracting(Decoding.Read::target)
        .containsExactly(right.target(), "/behind");
    assertThat(Decoding.of(singles(concat(right.bytes(), BEHIND))))
        .isEqualTo(Decoding.of(concat(right.bytes(), BEHIND)));
  }

  @Test
  void hostOfTheTargetBecomesTheHostOfAnOldRequest() {
    byte[] old = "GET http://a:81/ HTTP/1.0\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(Decoding.of(old).get(0).fields()).containsExactly(Map.entry("host", "a:81"));
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[][] singles(byte[] bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> Arrays.copyOfRange(bytes, i, i + 1))
        .toArray(byte[][]::new);
  }
}
