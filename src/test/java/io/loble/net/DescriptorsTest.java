package io.loble.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many clients a limit of file descriptors is enough for. */
class DescriptorsTest {

  /** What docs/behaviour.md says, where there are few cores. */
  @ParameterizedTest
  @CsvSource({"1000, 2, 373", "20000, 2, 8686", "20000, 16, 8686", "64, 2, 1"})
  void someAreKeptAndOfTheRestEachTakesTwo(long limit, int cores, int clients) {
    assertThat(Descriptors.forConnections(limit, cores)).isEqualTo(clients);
  }

  /** An idle process had 462 open there: 129 event loops of three, 64 listening sockets, and 11. */
  @ParameterizedTest
  @CsvSource({"1024", "4096"})
  void manyCoresLeaveRoomForTheirEventLoops(long limit) {
    assertThat(2L * Descriptors.forConnections(limit, 64)).isPositive().isLessThan(limit - 462);
  }

  @ParameterizedTest
  @CsvSource({"2", "64"})
  void whereNoLimitIsToldThereIsNone(int cores) {
    assertThat(Descriptors.forConnections(Long.MAX_VALUE, cores)).isEqualTo(Integer.MAX_VALUE);
  }
}
