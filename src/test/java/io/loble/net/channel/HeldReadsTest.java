package io.loble.net.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeldReadsTest {

  /** Above the mark at which a channel takes no more. */
  private static final int ENOUGH = 100 * 1024;

  private final EmbeddedChannel from = new EmbeddedChannel();
  private final EmbeddedChannel to = new EmbeddedChannel();

  @AfterEach
  void close() {
    from.finishAndReleaseAll();
    to.finishAndReleaseAll();
  }

  @Test
  void aChannelIsReadWhileTheOtherTakesMore() {
    HeldReads.hold(from, to);
    assertThat(from.config().isAutoRead()).isTrue();
    assertThat(to.pipeline().get(HeldReads.class)).isNull();
  }

  @Test
  void aChannelIsNotReadUntilTheOtherHasWritten() {
    fill();
    HeldReads.hold(from, to);
    assertThat(from.config().isAutoRead()).isFalse();
    to.flush();
    assertThat(from.config().isAutoRead()).isTrue();
  }

  @Test
  void oneThatWasStoppedByOthersIsLeftToThem() {
    from.config().setAutoRead(false);
    fill();
    HeldReads.hold(from, to);
    to.flush();
    assertThat(from.config().isAutoRead()).isFalse();
  }

  @Test
  void allThatWereHeldAreReadAgain() {
    EmbeddedChannel other = new EmbeddedChannel();
    fill();
    HeldReads.hold(from, to);
    HeldReads.hold(other, to);
    to.flush();
    assertThat(from.config().isAutoRead()).isTrue();
    assertThat(other.config().isAutoRead()).isTrue();
    other.finishAndReleaseAll();
  }

  @Test
  void whatIsWrittenAsSoonAsThereIsRoomGoesFirst() {
    fill();
    HeldReads.hold(from, to);
    Refill refill = new Refill();
    to.pipeline().addLast(refill);
    to.flush();
    assertThat(from.config().isAutoRead()).isFalse();
    to.pipeline().remove(refill);
    to.flush();
    assertThat(from.config().isAutoRead()).isTrue();
  }

  @Test
  void aChannelIsReadAgainWhenTheOtherIsGone() {
    fill();
    HeldReads.hold(from, to);
    to.close();
    assertThat(from.config().isAutoRead()).isTrue();
  }

  @Test
  void aChannelThatIsReleasedIsReadWhateverTheOtherTakes() {
    fill();
    HeldReads.hold(from, to);
    HeldReads.release(from, to);
    assertThat(to.isWritable()).isFalse();
    assertThat(from.config().isAutoRead()).isTrue();
    from.config().setAutoRead(false);
    to.flush();
    assertThat(from.config().isAutoRead()).isFalse();
  }

  @Test
  void onlyWhatWasHeldIsReleased() {
    from.config().setAutoRead(false);
    fill();
    HeldReads.hold(from, to);
    HeldReads.release(from, to);
    assertThat(from.config().isAutoRead()).isFalse();
  }

  private void fill() {
    to.write(Unpooled.wrappedBuffer(new byte[ENOUGH]));
    assertThat(to.isWritable()).isFalse();
  }

  /** Has something to write once there is room. */
  private static final class Refill extends ChannelInboundHandlerAdapter {

    private boolean done;

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (ctx.channel().isWritable() && !done) {
        done = true;
        ctx.write(Unpooled.wrappedBuffer(new byte[ENOUGH]));
      }
    }
  }
}
