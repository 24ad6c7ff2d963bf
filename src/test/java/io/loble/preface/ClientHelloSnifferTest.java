package io.loble.preface;

import static io.loble.preface.Bytes.ascii;
import static io.loble.preface.Bytes.concat;
import static io.loble.preface.Bytes.hex;
import static io.loble.preface.Bytes.uint16;
import static io.loble.preface.HelloBytes.hello;
import static io.loble.preface.HelloBytes.message;
import static io.loble.preface.HelloBytes.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloSnifferTest {

  private static final Sniffed NOT_TLS = new Sniffed.NotTls();

  static Stream<Arguments> hellosOfTheJdk() {
    String[] both = {"TLSv1.3", "TLSv1.2"};
    return Stream.of(
        Arguments.of("db.example.com", List.of("h2", "http/1.1"), both, 0x0304),
        Arguments.of("DB.Example.COM", List.of(), both, 0x0304),
        Arguments.of("", List.of("postgresql"), both, 0x0304),
        Arguments.of("", List.of(), new String[] {"TLSv1.2"}, 0x0303),
        Arguments.of("a.b", List.of("h2"), new String[] {"TLSv1.2"}, 0x0303),
        Arguments.of("a", List.of(), new String[] {"TLSv1.3"}, 0x0304));
  }

  private static Sniffed found(String serverName, List<String> alpn, int version) {
    @Nullable String name = serverName.isEmpty() ? null : serverName.toLowerCase(Locale.ROOT);
    return new Sniffed.Hello(new ClientHello(name, alpn, version, EcdsaOffer.NONE));
  }

  private static Sniffed foundOfTheJdk(String serverName, List<String> alpn, int version) {
    @Nullable String name = serverName.isEmpty() ? null : serverName.toLowerCase(Locale.ROOT);
    EcdsaOffer all = new EcdsaOffer(true, true, true);
    return new Sniffed.Hello(new ClientHello(name, alpn, version, all));
  }

  @ParameterizedTest
  @MethodSource("hellosOfTheJdk")
  void readsWhatTheJdkSays(String serverName, List<String> alpn, String[] offered, int version) {
    byte[] bytes = JdkHellos.hello(serverName, alpn, offered);
    Sniffed expected = foundOfTheJdk(serverName, alpn, version);

    assertThat(Feeding.sniff(bytes)).isEqualTo(expected);
    byte[] message = HelloBytes.payload(bytes);
    for (int size = 1; size <= message.length; size++) {
      byte[] split = records(message, size);
      assertThat(Feeding.sniffAtOnce(split)).as("records of %d", size).isEqualTo(expected);
      if (size < 8 || size % 61 == 0) {
        assertThat(Feeding.sniff(split)).as("records of %d", size).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hellosOfTheJdk")
  void isNeverSureBeforeTheEnd(
      String serverName, List<String> alpn, String[] offered, int version) {
    for (int size : new int[] {1, 3, 4, 100, 1 << 14}) {
      byte[] bytes = records(HelloBytes.payload(JdkHellos.hello(serverName, alpn, offered)), size);
      for (int cut = 0; cut < bytes.length; cut++) {
        ClientHelloSniffer sniffer = new ClientHelloSniffer();
        assertThat(sniffer.sniff(ByteBuffer.wrap(bytes, 0, cut)))
            .isInstanceOf(Sniffed.NeedMore.class);
        assertThat(sniffer.sniff(ByteBuffer.wrap(bytes)))
            .isEqualTo(foundOfTheJdk(serverName, alpn, version));
      }
    }
  }

  @Test
  void readsWhichCurvesTheClientCanCheck() {
    byte[] schemes = hex("0006 0403 0804 0603");
    HelloBytes newer = hello().versions(0x0304).extension(13, schemes);
    assertThat(offer(newer)).isEqualTo(new EcdsaOffer(true, false, true));
    assertThat(offer(hello().versions(0x0304).extension(13, hex("0002 0804"))))
        .isEqualTo(EcdsaOffer.NONE);
  }

  /** Whatever signatures it knows, none of the suites of TLS 1.2 uses ECDSA. */
  @Test
  void anOlderClientNeedsASuiteBesides() {
    byte[] schemes = hex("0002 0403");
    assertThat(offer(hello().extension(13, schemes))).isEqualTo(EcdsaOffer.NONE);
    assertThat(offer(hello().suites(0x1301, 0xc02b).extension(13, schemes)))
        .isEqualTo(new EcdsaOffer(true, false, false));
    assertThat(offer(hello().suites(0xc02f, 0xcca8).extension(13, schemes)))
        .isEqualTo(EcdsaOffer.NONE);
  }

  private static EcdsaOffer offer(HelloBytes hello) {
    return ((Sniffed.Hello) Feeding.sniff(hello.bytes())).hello().ecdsa();
  }

  @Test
  void saysHowManyBytesAreNeeded() {
    byte[] bytes = hello().serverName("a").bytes();
    ClientHelloSniffer sniffer = new ClientHelloSniffer();
    assertThat(sniffer.sniff(ByteBuffer.wrap(bytes, 0, 1))).isEqualTo(new Sniffed.NeedMore(6));
    assertThat(sniffer.sniff(ByteBuffer.wrap(bytes, 0, 5))).isEqualTo(new Sniffed.NeedMore(9));
    assertThat(sniffer.sniff(ByteBuffer.wrap(bytes, 0, 9)))
        .isEqualTo(new Sniffed.NeedMore(bytes.length));
  }

  @Test
  void needsNoMoreOfTheRecordThanTheMessage() {
    byte[] message = hello().serverName("a").message();
    byte[] record = records(concat(message, new byte[100]), 1 << 14);
    assertThat(Feeding.sniffAtOnce(Arrays.copyOf(record, 5 + message.length)))
        .isEqualTo(found("a", List.of(), 0x0303));
  }

  @ParameterizedTest
  @CsvSource({
    "db.example.com, db.example.com",
    "DB.Example.Com., db.example.com",
    "xn--bcher-kva.example, xn--bcher-kva.example",
    "_sip._tcp.example, _sip._tcp.example",
    "192.0.2.1, 192.0.2.1",
    "localhost, localhost"
  })
  void readsHostNames(String sent, String read) {
    assertThat(Feeding.sniff(hello().serverName(sent).bytes()))
        .isEqualTo(found(read, List.of(), 0x0303));
  }

  @Test
  void readsTheLongestHostName() {
    String name = ("x".repeat(63) + ".").repeat(3) + "y".repeat(63);
    assertThat(name).hasSize(255);
    assertThat(Feeding.sniff(hello().serverName(name).bytes()))
        .isEqualTo(found(name, List.of(), 0x0303));
    assertInvalid(hello().serverName(name + ".").bytes(), "more than 255 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "..", "a..b", ".a", "a b", "a/b", "2001:db8::1", "a\0b", "\u00e9", "a\n"})
  void refusesWhatIsNoHostName(String name) {
    assertInvalid(hello().serverName(name).bytes(), "host name");
  }

  @Test
  void refusesALabelThatIsTooLong() {
    assertInvalid(hello().serverName("x".repeat(64) + ".example").bytes(), "label");
  }

  @Test
  void aNameOfAnotherTypeIsNoHostName() {
    byte[] names = hex("0009 01 0001 ff 00 0002 6162");
    assertThat(Feeding.sniff(hello().extension(0, names).bytes()))
        .isEqualTo(found("ab", List.of(), 0x0303));
    assertThat(Feeding.sniff(hello().extension(0, hex("0004 01 0001 ff")).bytes()))
        .isEqualTo(found("", List.of(), 0x0303));
    assertInvalid(
        hello().extension(0, hex("0008 00 0001 61 00 0001 61")).bytes(), "two host names");
  }

  @Test
  void keepsTheOrderOfProtocolsAndLeavesGreaseOut() {
    byte[] bytes =
        hello()
            .extension(0x0a0a, new byte[0])
            .alpn("\u001a\u001a", "h2", "http/1.1", "\u00e9")
            .versions(0x7a7a, 0x0303, 0x0304, 0x0302, 0x7f1c, 0xfefd)
            .extension(0xfafa, new byte[1])
            .bytes();
    assertThat(Feeding.sniff(bytes))
        .isEqualTo(found("", List.of("h2", "http/1.1", "\u00e9"), 0x0304));
  }

  @Test
  void aClientOfTls13SaysSoInAnExtensionOnly() {
    assertThat(Feeding.sniff(hello().version(0x0304).bytes()))
        .isEqualTo(found("", List.of(), 0x0303));
    assertThat(Feeding.sniff(hello().version(0x0301).bytes()))
        .isEqualTo(found("", List.of(), 0x0301));
    assertThat(Feeding.sniff(hello().versions(0x0a0a).bytes()))
        .isEqualTo(found("", List.of(), 0x0303));
  }

  @Test
  void theOuterNameCountsWhereTheInnerIsEncrypted() {
    byte[] encrypted = hex("00 0001 0001 07 0020" + "11".repeat(32) + "0010" + "22".repeat(16));
    assertThat(
            Feeding.sniff(
                hello().extension(0xfe0d, encrypted).serverName("public.example").bytes()))
        .isEqualTo(found("public.example", List.of(), 0x0303));
  }

  @Test
  void extensionsMayBeMissing() {
    byte[] message = message(hello().start());
    assertThat(Feeding.sniff(records(message, 10))).isEqualTo(found("", List.of(), 0x0303));
  }

  @Test
  void manyExtensionsAreNoTrouble() {
    HelloBytes hello = hello();
    for (int type = 100; type < 14_000; type++) {
      hello.extension(type, new byte[0]);
    }
    assertThat(Feeding.sniffAtOnce(hello.serverName("a").bytes()))
        .isEqualTo(found("a", List.of(), 0x0303));
    assertInvalid(hello.extension(7_000, new byte[0]).bytes(), "two extensions of type 7000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1",
        "SSH-2.0-x",
        "\0\0\0\u0008",
        "\r\n\r\n\0\r\nQUIT\n",
        "\u0015\u0003",
        "\u0017\u0003",
        "\u0080.\u0001\u0003\u0001",
        "\u0016\u0002",
        "\u0016\u00fe"
      })
  void otherProtocolsAreKnownAtOnce(String start) {
    byte[] bytes = ascii(start);
    int enough = bytes[0] == 0x16 ? 2 : 1;
    assertThat(Feeding.sniffAtOnce(Arrays.copyOf(bytes, enough))).isEqualTo(NOT_TLS);
    assertThat(Feeding.sniff(bytes)).isEqualTo(NOT_TLS);
    assertThat(Feeding.sniffAtOnce(bytes)).isEqualTo(NOT_TLS);
  }

  /** Each is wrong with its last byte, and not before. */
  @ParameterizedTest
  @CsvSource({
    "16 0301 0000, length 0",
    "16 0301 4001, length 16385",
    "16 0301 0010 02, message 2",
    "16 0301 0010 01 00fff8, more than 65536",
    "16 0301 0001 01 17, another type",
    "16 0301 0001 01 16 02, a version",
    "16 0301 0001 01 16 0301 0000, length 0"
  })
  void refusesAsSoonAsNoHelloCanFollow(String digits, String reason) {
    byte[] bytes = hex(digits);
    assertThat(Feeding.sniffAtOnce(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(Sniffed.NeedMore.class);
    assertInvalid(bytes, reason);
  }

  static Stream<Arguments> brokenBodies() {
    byte[] start = hello().start();
    byte[] noCompression = start.clone();
    noCompression[start.length - 2] = 0;
    return Stream.of(
        Arguments.of(concat(uint16(0x0203), new byte[40]), "a version"),
        Arguments.of(new byte[0], "longer than"),
        Arguments.of(Arrays.copyOf(start, start.length - 1), "longer than"),
        Arguments.of(Arrays.copyOf(start, 30), "longer than"),
        Arguments.of(concat(uint16(0x0303), new byte[32], new byte[] {33}), "session id"),
        Arguments.of(concat(uint16(0x0303), new byte[33], uint16(0)), "cipher suites"),
        Arguments.of(concat(uint16(0x0303), new byte[33], uint16(3), new byte[9]), "cipher suites"),
        Arguments.of(noCompression, "compression"),
        Arguments.of(concat(start, new byte[1]), "longer than"),
        Arguments.of(concat(start, uint16(0), new byte[1]), "after its extensions"),
        Arguments.of(concat(start, uint16(3), new byte[3]), "longer than"),
        Arguments.of(concat(start, uint16(5), hex("0001 0002 00")), "longer than"));
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void refusesABodyWhoseLengthsDoNotAddUp(byte[] body, String reason) {
    assertInvalid(records(message(body), 1 << 14), reason);
    assertInvalid(records(message(body), 7), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', longer than",
    "0, 0000, a list",
    "0, 0003 00 0001, longer than",
    "0, 0004 00 0001 61 00, a list",
    "16, '', longer than",
    "16, 0000, a list",
    "16, 0001 00, empty name",
    "16, 0002 02 61, longer than",
    "16, 0002 01 61 00, a list",
    "43, 00, a list",
    "43, 03 030403, longer than",
    "43, 02 0304 00, a list"
  })
  void refusesAnExtensionThatIsBroken(int type, String digits, String reason) {
    assertInvalid(hello().extension(type, hex(digits)).bytes(), reason);
  }

  @Test
  void refusesExtensionsThatComeTwice() {
    assertInvalid(hello().serverName("a").serverName("a").bytes(), "two extensions of type 0");
    assertInvalid(
        hello().extension(0x1a1a, new byte[0]).extension(0x1a1a, new byte[0]).bytes(),
        "two extensions of type 6682");
  }

  @Test
  void takesOneOf64KibAndNoneThatIsLarger() {
    int overhead = hello().serverName("a").extension(21, new byte[0]).message().length;
    int most = ClientHelloSniffer.MOST_BYTES - 5 * 4;
    byte[] largest = largest(overhead, most);
    assertThat(largest).hasSize(ClientHelloSniffer.MOST_BYTES);
    assertThat(Feeding.sniff(largest)).isEqualTo(found("a", List.of(), 0x0303));
    assertThat(Feeding.sniffAtOnce(largest)).isEqualTo(found("a", List.of(), 0x0303));
    assertInvalid(largest(overhead, most + 1), "more than 65536 bytes");
    byte[] message = HelloBytes.payload(largest);
    assertInvalid(records(message, 1_000), "more than 65536 bytes");
  }

  private static byte[] largest(int overhead, int length) {
    return hello().serverName("a").extension(21, new byte[length - overhead]).bytes();
  }

  @Test
  void largeHellosInTinyRecordsComeInAnyPieces() {
    SplittableRandom random = new SplittableRandom(1);
    byte[] message = hello().serverName("pq.example").extension(51, new byte[9_000]).message();
    for (int size = 1; size < 9_000; size += 1 + size / 3) {
      byte[] bytes = records(message, size);
      assertThat(Feeding.sniffInPieces(bytes, random))
          .as("records of %d", size)
          .isEqualTo(found("pq.example", List.of(), 0x0303));
    }
  }

  private static void assertInvalid(byte[] bytes, String reason) {
    for (Sniffed sniffed : List.of(Feeding.sniff(bytes), Feeding.sniffAtOnce(bytes))) {
      assertThat(sniffed).isInstanceOf(Sniffed.Invalid.class);
      assertThat(((Sniffed.Invalid) sniffed).reason()).contains(reason);
    }
  }
}
