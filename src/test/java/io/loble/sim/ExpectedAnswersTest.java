package io.loble.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedAnswersTest {

  private final ExpectedAnswers expected = new ExpectedAnswers();
  private final List<Long> took = new ArrayList<>();

  @Test
  void answersMayArriveInPiecesAndTogether() {
    expected.add("ACK\n", 100);
    expected.add("PONG 1\n", 200);
    assertThat(arrive("A", 300)).isTrue();
    assertThat(took).isEmpty();
    assertThat(arrive("CK\nPONG 1\n", 400)).isTrue();
    assertThat(took).containsExactly(300L, 200L);
    assertThat(expected.isEmpty()).isTrue();
  }

  @Test
  void oneWrongByteIsWrong() {
    expected.add("ACK\n", 0);
    assertThat(arrive("ACK ", 1)).isFalse();
  }

  @Test
  void aByteNobodyAskedForIsWrong() {
    expected.add("ACK\n", 0);
    assertThat(arrive("ACK\nA", 1)).isFalse();
    assertThat(took).hasSize(1);
  }

  @Test
  void theOldestAnswerIsTheOneWaitedFor() {
    assertThat(expected.oldestNanos(50)).isZero();
    expected.add("ACK\n", 10);
    expected.add("ACK\n", 40);
    assertThat(expected.oldestNanos(50)).isEqualTo(40);
  }

  private boolean arrive(String bytes, long now) {
    return expected.accept(Buffer.buffer(bytes), now, took::add);
  }
}
