package io.loble.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  private static final List<String> KNOWN = List.of("interval", "timeout", "type");

  @ParameterizedTest
  @CsvSource({"intervall, interval", "intreval, interval", "timout, timeout", "typ, type"})
  void suggests_the_nearest(String slip, String meant) {
    assertThat(Spelling.hint(slip, KNOWN)).isEqualTo("did you mean '" + meant + "'?");
  }

  @Test
  void lists_what_is_known_where_nothing_is_near() {
    assertThat(Spelling.hint("colour", KNOWN)).isEqualTo("known here: interval, timeout, type");
  }

  @Property
  void distance_is_symmetric_and_bounded(
      @ForAll @AlphaChars @StringLength(max = 12) String a,
      @ForAll @AlphaChars @StringLength(max = 12) String b) {
    int distance = Spelling.distance(a, b);
    assertThat(distance).isEqualTo(Spelling.distance(b, a));
    assertThat(distance)
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
    assertThat(distance == 0).isEqualTo(a.equals(b));
  }
}
