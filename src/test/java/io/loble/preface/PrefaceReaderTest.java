package io.loble.preface;

import static io.loble.preface.Bytes.ascii;
import static io.loble.preface.Bytes.concat;
import static io.loble.preface.Bytes.hex;
import static io.loble.preface.HelloBytes.hello;
import static io.loble.preface.Starttls.OFF;
import static io.loble.preface.Starttls.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefaceReaderTest {

  private static final PrefaceNeeds HELLO = new PrefaceNeeds(false, true, OFF);
  private static final PrefaceNeeds HEADER = new PrefaceNeeds(true, false, OFF);
  private static final PrefaceNeeds HEADER_AND_HELLO = new PrefaceNeeds(true, true, OFF);
  private static final PrefaceNeeds DATABASE = new PrefaceNeeds(false, false, POSTGRES);
  private static final PrefaceNeeds ALL = new PrefaceNeeds(true, true, POSTGRES);

  private static final byte[] SSL_REQUEST = hex("00000008 04d2162f");
  private static final byte[] GSS_REQUEST = hex("00000008 04d21630");
  private static final byte[] STARTUP = concat(hex("00000010 00030000"), ascii("user\0a\0\0"));
  private static final byte[] CANCEL = hex("00000010 04d2162e 00000001 00000002");
  private static final byte[] LINE = ascii("PROXY TCP4 192.0.2.7 10.0.0.1 1000 443\r\n");

  private static byte[] clientHello() {
    return hello().serverName("db.example").alpn("h2").bytes();
  }

  private static PrefaceResult result(PrefaceStep step) {
    assertThat(step).isInstanceOf(PrefaceStep.Done.class);
    return ((PrefaceStep.Done) step).result();
  }

  private static PrefaceResult.Known known(PrefaceStep step) {
    assertThat(result(step)).isInstanceOf(PrefaceResult.Known.class);
    return (PrefaceResult.Known) result(step);
  }

  private static void assertBad(PrefaceResult result, String reason) {
    assertThat(result).isInstanceOf(PrefaceResult.Bad.class);
    assertThat(((PrefaceResult.Bad) result).reason()).contains(reason);
  }

  private static PrefaceStep read(PrefaceReader reader, byte[] bytes) {
    return reader.read(ByteBuffer.wrap(bytes));
  }

  @Test
  void readsNothingWhereNothingIsNeeded() {
    assertThat(PrefaceNeeds.NOTHING.isNothing()).isTrue();
    assertThat(HELLO.isNothing()).isFalse();
    PrefaceResult.Known known = known(read(new PrefaceReader(PrefaceNeeds.NOTHING), new byte[0]));
    assertThat(known).isEqualTo(new PrefaceResult.Known(null, null, OFF, 0));
  }

  @Test
  void readsHeaderAndHelloTogether() throws Exception {
    ByteBuffer soFar = ByteBuffer.wrap(concat(LINE, clientHello()));
    PrefaceResult.Known known = known(new PrefaceReader(HEADER_AND_HELLO).read(soFar));
    assertThat(known.client()).isEqualTo(InetAddress.getByName("192.0.2.7"));
    assertThat(known.serverName()).isEqualTo("db.example");
    assertThat(known.alpn()).containsExactly("h2");
    assertThat(known.starttls()).isEqualTo(OFF);
    assertThat(known.consumed()).isEqualTo(LINE.length);
    assertThat(soFar.position()).isEqualTo(LINE.length);
  }

  /** As the session does it: what is consumed is gone at the next call. */
  @Test
  void readsAllOfItByteByByte() {
    byte[] before = concat(ProxyEncoder.v2(ProxyHeader.local(), true), GSS_REQUEST, SSL_REQUEST);
    byte[] bytes = concat(before, clientHello());
    PrefaceReader reader = new PrefaceReader(ALL);
    StringBuilder answers = new StringBuilder();
    int consumed = 0;
    for (int count = 1; count < bytes.length; count++) {
      ByteBuffer soFar = ByteBuffer.wrap(bytes, consumed, count - consumed).slice();
      PrefaceStep step = reader.read(soFar);
      consumed += soFar.position();
      if (step instanceof PrefaceStep.Reply reply) {
        answers.append((char) reply.answer());
      } else if (step instanceof PrefaceStep.NeedMore more) {
        assertThat(more.atLeast()).isGreaterThan(soFar.remaining());
      } else {
        assertThat(step).as("after %d bytes", count).isNull();
      }
    }
    PrefaceResult.Known known =
        known(reader.read(ByteBuffer.wrap(bytes, consumed, bytes.length - consumed).slice()));
    assertThat(answers).hasToString("NS");
    assertThat(known.client()).isNull();
    assertThat(known.proxy()).isEqualTo(ProxyHeader.local());
    assertThat(known.serverName()).isEqualTo("db.example");
    assertThat(known.starttls()).isEqualTo(POSTGRES);
    assertThat(known.consumed()).isEqualTo(before.length).isEqualTo(consumed);
  }

  @Test
  void whatIsNotTlsIsRelayed() {
    PrefaceResult.Known known = known(read(new PrefaceReader(HELLO), ascii("GET / HTTP/1.1")));
    assertThat(known).isEqualTo(new PrefaceResult.Known(null, null, OFF, 0));
    assertThat(known.serverName()).isNull();
    assertThat(known.alpn()).isEqualTo(List.of());
  }

  @Test
  void aHeaderHasToComeWhereItIsRequired() {
    assertBad(result(read(new PrefaceReader(HEADER), clientHello())), "begins with the byte 0x16");
    PrefaceReader reader = new PrefaceReader(HEADER);
    assertBad(reader.finish(), "there is no PROXY protocol header");
    read(reader, ascii("PROX"));
    assertBad(reader.finish(), "header is not complete");
  }

  @Test
  void aBrokenHelloIsBad() {
    byte[] twice = hello().serverName("a").serverName("b").bytes();
    assertBad(result(read(new PrefaceReader(HELLO), twice)), "two extensions");
  }

  @Test
  void aSilentClientMayWaitForItsServer() {
    PrefaceReader reader = new PrefaceReader(HELLO);
    assertThat(reader.finish()).isEqualTo(new PrefaceResult.Known(null, null, OFF, 0));
    assertThat(read(reader, new byte[0])).isInstanceOf(PrefaceStep.NeedMore.class);
    assertThat(reader.finish()).isEqualTo(new PrefaceResult.Known(null, null, OFF, 0));
    read(reader, hex("16"));
    assertBad(reader.finish(), "ClientHello is not complete");
  }

  @Test
  void aClientThatIsSilentAfterItsHeaderIsNamed() throws Exception {
    PrefaceReader reader = new PrefaceReader(ALL);
    assertThat(read(reader, LINE)).isEqualTo(new PrefaceStep.NeedMore(8));
    PrefaceResult.Known known = (PrefaceResult.Known) reader.finish();
    assertThat(known.client()).isEqualTo(InetAddress.getByName("192.0.2.7"));
    assertThat(known.consumed()).isEqualTo(LINE.length);
  }

  @Test
  void postgresIsAskedForTls() {
    PrefaceReader reader = new PrefaceReader(DATABASE);
    ByteBuffer request = ByteBuffer.wrap(SSL_REQUEST);
    assertThat(reader.read(request)).isEqualTo(new PrefaceStep.Reply((byte) 'S'));
    assertThat(request.hasRemaining()).isFalse();
    ByteBuffer hello = ByteBuffer.wrap(clientHello());
    PrefaceResult.Known known = known(reader.read(hello));
    assertThat(known.serverName()).isEqualTo("db.example");
    assertThat(known.starttls()).isEqualTo(POSTGRES);
    assertThat(known.consumed()).isEqualTo(8);
    assertThat(hello.position()).isZero();
  }

  @Test
  void postgresWithTlsFromTheFirstByte() {
    PrefaceResult.Known known = known(read(new PrefaceReader(DATABASE), clientHello()));
    assertThat(known.serverName()).isEqualTo("db.example");
    assertThat(known.starttls()).isEqualTo(OFF);
    assertThat(known.consumed()).isZero();
  }

  @Test
  void postgresWithoutTls() {
    for (byte[] first : List.of(STARTUP, CANCEL, ascii("GET /"))) {
      ByteBuffer soFar = ByteBuffer.wrap(first);
      assertThat(known(new PrefaceReader(DATABASE).read(soFar)))
          .isEqualTo(new PrefaceResult.Known(null, null, OFF, 0));
      assertThat(soFar.position()).isZero();
    }
    PrefaceReader refused = new PrefaceReader(DATABASE);
    assertThat(read(refused, GSS_REQUEST)).isEqualTo(new PrefaceStep.Reply((byte) 'N'));
    assertThat(known(read(refused, STARTUP)))
        .isEqualTo(new PrefaceResult.Known(null, null, OFF, 8));
  }

  @Test
  void postgresIsKnownFromTheFirstByteThatDiffers() {
    assertThat(read(new PrefaceReader(DATABASE), hex("000000")))
        .isEqualTo(new PrefaceStep.NeedMore(8));
    assertThat(read(new PrefaceReader(DATABASE), hex("00000009")))
        .isInstanceOf(PrefaceStep.Done.class);
    assertThat(read(new PrefaceReader(DATABASE), hex("00000008 00")))
        .isInstanceOf(PrefaceStep.Done.class);
  }

  @Test
  void postgresClientsThatBreakTheRules() {
    for (byte[] request : List.of(SSL_REQUEST, GSS_REQUEST)) {
      assertBad(
          result(read(new PrefaceReader(DATABASE), concat(request, clientHello()))),
          "before it is answered");
    }
    PrefaceReader twice = new PrefaceReader(DATABASE);
    read(twice, GSS_REQUEST);
    assertBad(result(read(twice, GSS_REQUEST)), "twice");
    PrefaceReader plain = new PrefaceReader(DATABASE);
    read(plain, SSL_REQUEST);
    assertBad(result(read(plain, STARTUP)), "no ClientHello follows");
  }

  @ParameterizedTest
  @CsvSource({
    "0000, '', message is not complete",
    "00000008 04d2162f, '', nothing follows",
    "00000008 04d21630, '', nothing follows",
    "00000008 04d2162f, 16, ClientHello is not complete",
    "00000008 04d21630, 00, message is not complete"
  })
  void postgresClientsThatStopHalfway(String first, String second, String reason) {
    PrefaceReader reader = new PrefaceReader(DATABASE);
    read(reader, hex(first));
    if (!second.isEmpty()) {
      read(reader, hex(second));
    }
    assertBad(reader.finish(), reason);
  }

  @Test
  void aServerOfPostgresIsAskedLikewise() {
    assertThat(PostgresTls.request()).isEqualTo(SSL_REQUEST);
    assertThat(PostgresTls.answer(ByteBuffer.wrap(ascii("S"))))
        .isEqualTo(PostgresTls.Answer.ACCEPTED);
    assertThat(PostgresTls.answer(ByteBuffer.wrap(ascii("N"))))
        .isEqualTo(PostgresTls.Answer.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"E", "SS", "s", ""})
  void whatNoServerOfPostgresMayAnswer(String answer) {
    assertThat(PostgresTls.answer(ByteBuffer.wrap(ascii(answer))))
        .isEqualTo(PostgresTls.Answer.UNEXPECTED);
  }

  @Test
  void readsTheLongestOfAll() {
    ProxyTlvs padding = ProxyTlvs.builder().noop(0xffff - 3).build();
    byte[] header = ProxyEncoder.v2(ProxyHeader.local().with(padding), false);
    assertThat(header).hasSize(PrefaceReader.MOST_BYTES);
    PrefaceReader reader = new PrefaceReader(HEADER_AND_HELLO);
    read(reader, header);
    assertThat(known(read(reader, clientHello())).consumed()).isEqualTo(header.length);
  }
}
