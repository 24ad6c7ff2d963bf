package io.loble.sim.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class CorruptionTest {

  @Property
  void oneByteChangesWhateverThePieces(
      @ForAll @Size(min = 1, max = 100) byte[] answer,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 100) int piece) {
    Corruption corruption = new Corruption(new SplittableRandom(seed));
    corruption.begin(answer.length, 100);
    Buffer given = Buffer.buffer();
    for (int from = 0; from < answer.length; from += piece) {
      byte[] bytes = Arrays.copyOfRange(answer, from, Math.min(answer.length, from + piece));
      Buffer before = Buffer.buffer(bytes);
      given.appendBuffer(corruption.applied(before));
      assertThat(before.getBytes()).isEqualTo(bytes);
    }
    assertThat(given.length()).isEqualTo(answer.length);
    int[] changed =
        IntStream.range(0, answer.length).filter(i -> given.getByte(i) != answer[i]).toArray();
    // None where all from the chosen byte on are line ends.
    assertThat(changed.length).isEqualTo(corruption.isDone() ? 1 : 0);
    assertThat(IntStream.of(changed).filter(i -> given.getByte(i) == '\n' || answer[i] == '\n'))
        .isEmpty();
  }

  @Property
  void atZeroPercentNothingChanges(@ForAll byte[] answer, @ForAll long seed) {
    Corruption corruption = new Corruption(new SplittableRandom(seed));
    corruption.begin(answer.length, 0);
    assertThat(corruption.applied(Buffer.buffer(answer)).getBytes()).isEqualTo(answer);
  }
}
