package io.loble.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** As many answers are compressed at once as there is memory for. */
class GzipsTest {

  private final Gzips gzips = new Gzips();

  @Test
  void oneMoreIsCompressedOnlyWhenAnotherIsOver() {
    List<Gzip> open = new ArrayList<>();
    for (int i = 0; i < Gzips.MOST; i++) {
      open.add(gzips.begin());
    }
    assertThat(open).doesNotContainNull();
    assertThat(gzips.begin()).isNull();
    open.remove(0).close();
    assertThat(gzips.begin()).isNotNull();
    assertThat(gzips.begin()).isNull();
  }
}
