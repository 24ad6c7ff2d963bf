package io.loble.sim.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectedAnswersTest {

  private final ExpectedAnswers expected = new ExpectedAnswers();
  private final List<Long> took = new ArrayList<>();

  @Test
  void answersMayArriveInPiecesAndTogether() {
    ask("ACK\n", 100);
    ask("PONG 1\n", 200);
    assertThat(arrive("A", 300)).isTrue();
    assertThat(took).isEmpty();
    assertThat(arrive("CK\nPONG 1\n", 400)).isTrue();
    assertThat(took).containsExactly(300L, 200L);
    assertThat(expected.isEmpty()).isTrue();
  }

  @Test
  void oneWrongByteIsWrong() {
    ask("ACK\n", 0);
    assertThat(arrive("ACK ", 1)).isFalse();
  }

  @Test
  void aByteThatWasNotAskedForIsWrong() {
    ask("ACK\n", 0);
    assertThat(arrive("ACK\nA", 1)).isFalse();
    assertThat(took).hasSize(1);
  }

  @Test
  void theOldestAnswerIsTheOneWaitedFor() {
    assertThat(expected.oldestNanos(50)).isZero();
    ask("ACK\n", 10);
    ask("ACK\n", 40);
    assertThat(expected.oldestNanos(50)).isEqualTo(40);
  }

  @Test
  void timeCountsFromWhenTheRequestWasDue() {
    expected.add(new Answer.Text("ACK\n"), 100, 30);
    assertThat(arrive("ACK\n", 130)).isTrue();
    assertThat(took).containsExactly(100L);
  }

  @Test
  void theFirstWrongByteIsShownWithWhatIsAroundIt() {
    ask("PONG 17\n", 0);
    assertThat(arrive("PON", 1)).isTrue();
    assertThat(mismatch("G 1\u0001\n")).contains(new Mismatch(6, "PONG 17\\n", "PONG 1\\x01\\n"));
  }

  @Test
  void ofABulkAnswerEveryByteIsCompared() {
    RandomBytes noise = new RandomBytes(5);
    byte[] right = noise.bytes(0, 1000).getBytes();
    for (int wrong = 0; wrong < 1000; wrong += 111) {
      ExpectedAnswers bulk = new ExpectedAnswers();
      bulk.add(new Answer.Bulk(noise, 1000), 0, 0);
      byte[] arrived = right.clone();
      arrived[wrong] ^= 1;
      byte[] first = Arrays.copyOf(arrived, 333);
      byte[] rest = Arrays.copyOfRange(arrived, 333, 1000);
      Optional<Mismatch> found = bulk.accept(first, 1, took::add);
      found = found.isPresent() ? found : bulk.accept(rest, 2, took::add);
      assertThat(found).map(Mismatch::offset).contains((long) wrong);
    }
    expected.add(new Answer.Bulk(noise, 1000), 0, 0);
    assertThat(expected.accept(right, 9, took::add)).isEmpty();
    assertThat(took).containsExactly(9L);
  }

  @Test
  void aBulkAnswerIsWaitedForPieceByPiece() {
    RandomBytes noise = new RandomBytes(5);
    expected.add(new Answer.Bulk(noise, 1000), 0, 0);
    assertThat(expected.oldestNanos(50)).isEqualTo(50);
    assertThat(expected.accept(noise.bytes(0, 1).getBytes(), 60, took::add)).isEmpty();
    assertThat(expected.oldestNanos(100)).isEqualTo(40);
  }

  private void ask(String answer, long now) {
    expected.add(new Answer.Text(answer), now, now);
  }

  private boolean arrive(String bytes, long now) {
    return expected.accept(bytes(bytes), now, took::add).isEmpty();
  }

  private Optional<Mismatch> mismatch(String bytes) {
    return expected.accept(bytes(bytes), 1, took::add);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
