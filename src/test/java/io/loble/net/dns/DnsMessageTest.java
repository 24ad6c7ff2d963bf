package io.loble.net.dns;

import static io.loble.net.dns.ScriptedNameServer.ANSWER;
import static io.loble.net.dns.ScriptedNameServer.a;
import static io.loble.net.dns.ScriptedNameServer.cname;
import static io.loble.net.dns.ScriptedNameServer.message;
import static io.loble.net.dns.ScriptedNameServer.srv;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How messages are read and written, byte by byte. */
class DnsMessageTest {

  private static final Question QUESTION = new Question(7, "db.internal.", RecordType.A);
  private static final byte[] QUERY = QUESTION.message(true);

  @Property(tries = 2000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 80) byte[] body) {
    ByteBuffer message = ByteBuffer.allocate(12 + body.length);
    message.putInt(0x00078180).putShort((short) 1).putShort((short) 3).putInt(0x00020000).put(body);
    QUESTION.isAnsweredBy(body);
    try {
      DnsMessage.parse(message.array());
    } catch (DnsException e) {
      assertThat(e.reason()).isNotEmpty();
    }
  }

  @Property(tries = 200)
  void aPartOfAMessageIsRefused(@ForAll @IntRange(max = 1000) int at) throws DnsException {
    byte[] whole =
        message(
            QUERY,
            ANSWER,
            List.of(
                cname("", "b.internal", 5),
                a("b.internal", "10.0.0.1", 5),
                srv(1, 2, 3, "c.internal", 5)),
            List.of(a("10.0.0.2", 5)));
    assertThat(DnsMessage.parse(whole).answers()).hasSize(3);
    byte[] part = Arrays.copyOf(whole, at % whole.length);
    assertThatThrownBy(() -> DnsMessage.parse(part)).isInstanceOf(DnsException.class);
  }

  @Property(tries = 300)
  void aNameIsReadAsItWasWritten(@ForAll("names") String text) throws DnsException {
    Optional<String> name = DnsName.absolute(text);
    boolean fits =
        text.length() < 254
            && Arrays.stream(text.split("\\.", -1)).allMatch(label -> label.length() < 64);
    assertThat(name.isPresent()).isEqualTo(fits);
    if (name.isPresent()) {
      assertThat(new WireReader(DnsName.wire(name.get())).name()).isEqualTo(name.get());
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars('-', '_')
        .ofMinLength(1)
        .ofMaxLength(70)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(labels -> String.join(".", labels));
  }

  @Test
  void namesInUnicodeAreAskedForInAscii() {
    assertThat(DnsName.absolute("Bücher.example")).contains("xn--bcher-kva.example.");
    assertThat(DnsName.absolute("")).isEmpty();
    assertThat(DnsName.absolute(".")).isEmpty();
    assertThat(DnsName.absolute("a\\.b")).isEmpty();
    assertThat(DnsName.absolute("a b")).isEmpty();
  }

  @Test
  void differentNamesAreDifferentTexts() throws DnsException {
    assertThat(new WireReader(new byte[] {3, 'a', '.', 'B', 0}).name()).isEqualTo("a\\.b.");
    assertThat(new WireReader(new byte[] {2, (byte) 255, 7, 0}).name()).isEqualTo("\\255\\007.");
    assertThat(new WireReader(new byte[] {0}).name()).isEqualTo(".");
  }

  @Test
  void pointersLeadBackwards() throws DnsException {
    WireReader reader = new WireReader(new byte[] {1, 'a', 0, 1, 'b', (byte) 0xc0, 0, 9});
    reader.moveTo(3);
    assertThat(reader.name()).isEqualTo("b.a.");
    assertThat(reader.uint8()).isEqualTo(9);

    for (byte target : new byte[] {0, 2, 4}) {
      byte[] circle = {1, 'a', (byte) 0xc0, target, 0};
      assertThatThrownBy(() -> new WireReader(circle).name()).isInstanceOf(DnsException.class);
    }
  }

  @Test
  void aNameInMorePiecesThanANameCanHaveIsRefused() throws DnsException {
    int most = 127;
    ByteBuffer chain = ByteBuffer.allocate(3 + 2 * (most + 1));
    chain.put(new byte[] {1, 'a', 0});
    for (int i = 0; i <= most; i++) {
      int before = i == 0 ? 0 : chain.position() - 2;
      chain.putShort((short) (0xc000 | before));
    }
    WireReader reader = new WireReader(chain.array());
    reader.moveTo(3 + 2 * (most - 1));
    assertThat(reader.name()).isEqualTo("a.");
    reader.moveTo(3 + 2 * most);
    assertThatThrownBy(reader::name).hasMessage("a name is in too many pieces");
  }

  @Test
  void aTtlWithTheHighestBitIsZero() throws DnsException {
    byte[] answer = message(QUERY, ANSWER, List.of(a("10.0.0.1", 0x80000005L)), List.of());
    assertThat(DnsMessage.parse(answer).answers()).extracting(DnsRecord::ttl).containsExactly(0L);
  }

  @Test
  void anAddressOfAnotherLengthIsRefused() {
    byte[] answer =
        message(
            QUERY,
            ANSWER,
            List.of(
                new ScriptedNameServer.Sent(
                    "", ScriptedNameServer.A, 5, Buffer.buffer(new byte[5]))),
            List.of());
    assertThatThrownBy(() -> DnsMessage.parse(answer)).hasMessage("an address has 5 bytes");
  }

  @Test
  void aRecordThatIsLongerThanItSaysIsRefused() {
    byte[] answer = message(QUERY, ANSWER, List.of(srv(1, 2, 3, "a.b", 5)), List.of());
    answer[answer.length - 12] = 10;
    assertThatThrownBy(() -> DnsMessage.parse(answer))
        .hasMessage("a record has another length than it says");
  }
}
