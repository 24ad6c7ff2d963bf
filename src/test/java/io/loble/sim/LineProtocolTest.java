package io.loble.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.sim.Command.EchoBytes;
import io.loble.sim.Command.Line;
import io.loble.sim.Command.LineTooLong;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineProtocolTest {

  @Test
  void readsEveryVerb() {
    assertThat(read("REQ 1\nREQ\nREQUEST\nPING 7\nSTREAM a b\nSTREAM\nSLOW 3\nECHO 2\nhiPING x\n"))
        .containsExactly(
            new Line(Verb.REQ, " 1"),
            new Line(Verb.REQ, ""),
            new Line(Verb.REQ, "UEST"),
            new Line(Verb.PING, "7"),
            new Line(Verb.STREAM, "a b"),
            new Line(Verb.STREAM, ""),
            new Line(Verb.SLOW, "3"),
            new Line(Verb.ECHO, "2"),
            new EchoBytes(Buffer.buffer("hi")),
            new Line(Verb.PING, "x"));
  }

  @Test
  void aLineMayEndWithCarriageReturnAndLineFeed() {
    assertThat(read("PING 1\r\n\r\n"))
        .containsExactly(new Line(Verb.PING, "1"), new Line(Verb.UNKNOWN, ""));
  }

  @Test
  void whatIsNotUnderstoodIsUnknown() {
    assertThat(read("hello\nPING\nPING \nSLOW\nECHO\nECHO x\nECHO -1\nECHO 1234567890123456789\n"))
        .extracting(command -> ((Line) command).verb())
        .hasSize(8)
        .containsOnly(Verb.UNKNOWN);
  }

  @Test
  void anUnfinishedLineIsNoCommand() {
    assertThat(read("PING 1\nPING 2")).containsExactly(new Line(Verb.PING, "1"));
  }

  @Test
  void answersAreTheBytesOfTheContract() {
    assertThat(read("REQ\nPING é\nSTREAM\nSLOW 1\nECHO 0\nnope\n"))
        .extracting(command -> ((Line) command).answer().toString(StandardCharsets.ISO_8859_1))
        .containsExactly("ACK\n", "PONG é\n", "STREAM_ACK\n", "ACK\n", "", "ERR unknown nope\n");
  }

  @Test
  void theLongestLineIsReadAndALongerOneIsNot() {
    String longest = "PING " + "x".repeat(LineProtocol.MAX_LINE - 5);
    assertThat(read(longest + "\r\n")).singleElement().isInstanceOf(Line.class);
    assertThat(read(longest + "y\nPING 1\n")).containsExactly(new LineTooLong());
    assertThat(read(longest + "yy")).containsExactly(new LineTooLong());
  }

  @Test
  void refusesBytesBeforeThoseBeforeAreUsedUp() {
    LineProtocol protocol = new LineProtocol();
    protocol.offer(Buffer.buffer("REQ\n"));
    assertThatThrownBy(() -> protocol.offer(Buffer.buffer("REQ\n")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 300)
  void anySplitOfTheBytesGivesTheSameCommands(
      @ForAll("conversations") List<String> parts,
      @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 100_000) Integer> cuts) {
    String conversation = String.join("", parts);
    assertThat(read(split(conversation, cuts))).isEqualTo(read(conversation));
  }

  @Provide
  Arbitrary<List<String>> conversations() {
    Arbitrary<String> end = Arbitraries.of("\n", "\r\n");
    Arbitrary<String> text = Arbitraries.strings().withChars("PINGREQ \r1é").ofMaxLength(12);
    Arbitrary<String> verbs =
        Arbitraries.of("REQ ", "PING ", "STREAM ", "SLOW ", "", "ECHO ")
            .flatMap(verb -> text.map(argument -> verb + argument));
    Arbitrary<String> lines = Combinators.combine(verbs, end).as(String::concat);
    Arbitrary<String> echoes =
        Arbitraries.strings()
            .withChars("\r\nab ")
            .ofMaxLength(300)
            .map(raw -> "ECHO " + raw.length() + "\n" + raw);
    Arbitrary<String> nearlyTooLong =
        Arbitraries.integers()
            .between(LineProtocol.MAX_LINE - 2, LineProtocol.MAX_LINE + 2)
            .flatMap(length -> end.map("x".repeat(length)::concat));
    return Arbitraries.frequencyOf(
            Tuple.of(10, lines), Tuple.of(5, echoes), Tuple.of(1, nearlyTooLong))
        .list()
        .ofMaxSize(15);
  }

  private static List<String> split(String text, List<Integer> cuts) {
    List<Integer> ends =
        cuts.stream().map(cut -> text.isEmpty() ? 0 : cut % text.length()).sorted().toList();
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int end : ends) {
      pieces.add(text.substring(start, end));
      start = end;
    }
    pieces.add(text.substring(start));
    return pieces;
  }

  private static List<Command> read(String text) {
    return read(List.of(text));
  }

  private static List<Command> read(List<String> chunks) {
    LineProtocol protocol = new LineProtocol();
    List<Command> commands = new ArrayList<>();
    for (String chunk : chunks) {
      protocol.offer(Buffer.buffer(chunk.getBytes(StandardCharsets.ISO_8859_1)));
      for (Command next = protocol.poll(); next != null; next = protocol.poll()) {
        add(commands, next);
      }
    }
    return commands;
  }

  /** Where the pieces of an echo end depends on the split; what they are together does not. */
  private static void add(List<Command> commands, Command next) {
    int last = commands.size() - 1;
    if (next instanceof EchoBytes more
        && last >= 0
        && commands.get(last) instanceof EchoBytes before) {
      commands.set(last, new EchoBytes(before.bytes().copy().appendBuffer(more.bytes())));
    } else {
      commands.add(next);
    }
  }
}
