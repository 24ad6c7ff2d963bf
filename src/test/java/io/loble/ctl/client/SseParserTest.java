package io.loble.ctl.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events from the lines of a stream. */
class SseParserTest {

  @Test
  void events() {
    assertThat(parse("id: 1", "event: a", "data: x", "", "data:y", "", "event: b"))
        .containsExactly(new SseParser.Event("a", "x"), new SseParser.Event("message", "y"));
  }

  @Test
  void severalLinesOfData() {
    assertThat(parse("data: x", "data:  y", "data", "data: z: 1", ""))
        .containsExactly(new SseParser.Event("message", "x\n y\n\nz: 1"));
  }

  @Test
  void commentsAndEventsWithoutData() {
    assertThat(parse(": data: x", "", "retry: 5", "event: a", "", "data: y", ""))
        .containsExactly(new SseParser.Event("message", "y"));
  }

  private static List<SseParser.Event> parse(String... lines) {
    SseParser parser = new SseParser();
    return Stream.of(lines).map(parser::line).flatMap(Optional::stream).toList();
  }
}
