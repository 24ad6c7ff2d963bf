package io.loble.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What has been proven is not proven again; what has not is. */
class ProofsTest {

  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void whatHoldsIsAskedOnce() throws GeneralSecurityException {
    assertThat(hold("once", 1, 2, true)).isTrue();
    assertThat(hold("once", 1, 2, false)).isTrue();
    assertThat(asked).hasValue(1);
  }

  @Test
  void whatDoesNotHoldIsAskedAgain() throws GeneralSecurityException {
    assertThat(hold("never", 1, 2, false)).isFalse();
    assertThat(hold("never", 1, 2, false)).isFalse();
    assertThatThrownBy(() -> Proofs.hold("never", bytes(1), bytes(2), ProofsTest::fails))
        .isInstanceOf(SignatureException.class);
    assertThat(hold("never", 1, 2, true)).isTrue();
    assertThat(asked).hasValue(3);
  }

  @Test
  void otherThingsAreAskedFor() throws GeneralSecurityException {
    assertThat(hold("this", 1, 2, true)).isTrue();
    assertThat(hold("that", 1, 2, false)).isFalse();
    assertThat(hold("this", 2, 1, false)).isFalse();
    assertThat(Proofs.hold("this", new byte[0], bytes(1), () -> false)).isFalse();
  }

  @Test
  void theOldestAreForgotten() throws GeneralSecurityException {
    assertThat(hold("many", -1, 0, true)).isTrue();
    for (int i = 0; i < Proofs.MOST; i++) {
      assertThat(hold("many", i, 0, true)).isTrue();
    }
    assertThat(hold("many", Proofs.MOST - 1, 0, false)).isTrue();
    assertThat(hold("many", -1, 0, false)).isFalse();
  }

  private static boolean fails() throws GeneralSecurityException {
    throw new SignatureException("broken");
  }

  private boolean hold(String what, int first, int second, boolean holds)
      throws GeneralSecurityException {
    return Proofs.hold(
        what, bytes(first), bytes(second), () -> asked.incrementAndGet() > 0 && holds);
  }

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }
}
