package io.loble.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the kernel says of the process that runs this. */
@EnabledOnOs(OS.LINUX)
class ProcStatTest {

  private static final long PID = ProcessHandle.current().pid();
  private static final long EVERYTHING = -1;

  @Test
  void itHasUsedTheProcessor() throws IOException {
    double before = ProcStat.cpuSeconds(List.of(PID));
    assertThat(before).isPositive();
    assertThat(ProcStat.cpuSeconds(List.of(PID, PID))).isGreaterThanOrEqualTo(2 * before);
  }

  @Test
  void allOfItsMemoryIsOutsideOfNoRange() throws IOException {
    long resident = ProcStat.residentBytes(List.of(PID));
    assertThat(ProcStat.residentBytesOutside(PID, 0, 0))
        .isBetween(resident / 2, resident + resident / 2);
  }

  @Test
  void noneOfItsMemoryIsOutsideOfAllAddresses() throws IOException {
    assertThat(ProcStat.residentBytesOutside(PID, 0, EVERYTHING)).isZero();
  }
}
