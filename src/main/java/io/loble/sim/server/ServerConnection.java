package io.loble.sim.server;

import io.loble.sim.Resets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of a simulated server, from accept to end.
 *
 * <p>Commands are answered strictly one after the other. While one waits, for its delay or for the
 * client to read, nothing more is read, so what a connection holds is bounded by a few reads. After
 * the client has ended its output it still gets every answer. Lives on its socket's event loop.
 */
final class ServerConnection extends ChannelInboundHandlerAdapter
    implements Outlet.Watcher, Dialogue.Way {

  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);
  private static final long LINGER_MILLIS = 1000;

  private final Channel channel;
  private final ServerState state;
  private final Consumer<ServerConnection> onEnd;
  private final Inlet inlet;
  private final Outlet outlet;
  private final IdleWatch idle;

  private Dialogue dialogue;
  private boolean thinking;
  private boolean stopping;
  private boolean ending;
  private boolean discarding;
  private @Nullable Future<?> timer;

  private ServerConnection(
      Channel channel, ServerState state, Chances chances, Consumer<ServerConnection> onEnd) {
    this.channel = channel;
    this.state = state;
    this.onEnd = onEnd;
    this.inlet = new Inlet(channel);
    this.outlet = new Outlet(channel, state, this);
    Answers answers = new Answers(state, chances);
    this.dialogue =
        new Opening(
            this,
            () -> new LineDialogue(this, state.stats(), answers),
            () -> new HttpDialogue(this, state, answers));
    this.idle =
        new IdleWatch(
            channel.eventLoop(),
            () -> Duration.ofSeconds(state.settings().behaviour().timeoutSeconds()),
            this::isBusy,
            this::closeIdle);
  }

  /**
   * Serves a client that was just accepted, on its event loop.
   *
   * @param channel reads only when told to, and outlives the end of its input
   * @param onEnd called once the connection is closed
   */
  static ServerConnection serve(
      Channel channel, ServerState state, Chances chances, Consumer<ServerConnection> onEnd) {
    ServerConnection connection = new ServerConnection(channel, state, chances, onEnd);
    channel.pipeline().addLast(connection);
    connection.proceed();
    return connection;
  }

  /** The settings have changed. */
  void settingsChanged() {
    idle.limitChanged();
    outlet.retry();
    proceed();
  }

  /** Ends as soon as no answer is due. */
  void finish() {
    stopping = true;
    proceed();
  }

  /** Ends with a reset, at once. */
  void reset() {
    Resets.now(channel);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (discarding || !(message instanceof ByteBuf bytes)) {
      ReferenceCountUtil.release(message);
    } else {
      inlet.add(bytes);
      proceed();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inlet.end();
      if (discarding) {
        channel.close();
      }
      proceed();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      // Not at once: this may be called in the middle of a write.
      channel.eventLoop().execute(this::drained);
    }
  }

  private void drained() {
    idle.touch();
    outlet.retry();
    proceed();
  }

  @Override
  public void sent() {
    idle.touch();
  }

  @Override
  public void freed() {
    proceed();
  }

  private void proceed() {
    while (mayTakeUp()) {
      if (!dialogue.advance() && !fetch()) {
        nothingLeft();
        outlet.flush();
        return;
      }
    }
    inlet.want(discarding);
    if (stopping && isStuck() && !thinking && !ending && !outlet.isHolding()) {
      close();
    }
    outlet.flush();
  }

  private boolean mayTakeUp() {
    return !thinking && !ending && outlet.isFree() && !isStuck();
  }

  private boolean isStuck() {
    ServerFaults faults = state.settings().behaviour().faults();
    return faults.stopReading() || faults.halfOpen();
  }

  private boolean fetch() {
    Buffer chunk = inlet.poll();
    if (chunk == null) {
      return false;
    }
    state.stats().received(chunk.length());
    idle.touch();
    dialogue.offer(chunk);
    return true;
  }

  private void nothingLeft() {
    boolean over = inlet.isOver() || (stopping && !dialogue.isMidAnswer());
    inlet.want(!over);
    if (over) {
      close();
    }
  }

  @Override
  public void write(Buffer bytes) {
    outlet.write(bytes);
  }

  @Override
  public boolean isStopping() {
    return stopping;
  }

  @Override
  public void become(Dialogue next) {
    dialogue = next;
  }

  @Override
  public void close() {
    ending = true;
    outlet.whenSent(channel::close);
  }

  @Override
  public void after(long nanos, Runnable step) {
    if (nanos <= 0) {
      step.run();
      return;
    }
    thinking = true;
    timer =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  thinking = false;
                  step.run();
                  proceed();
                },
                nanos,
                TimeUnit.NANOSECONDS);
  }

  /**
   * A close with unread input is a reset, which can overtake the answer. So the output ends first,
   * and what still comes in is thrown away for a moment.
   */
  @Override
  public void refuse(Buffer last) {
    ending = true;
    outlet.write(last);
    outlet.whenSent(this::discard);
  }

  private void discard() {
    discarding = true;
    inlet.release();
    if (inlet.isOver() || !(channel instanceof DuplexChannel duplex)) {
      channel.close();
      return;
    }
    duplex.shutdownOutput();
    inlet.want(true);
    timer =
        channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
  }

  private boolean isBusy() {
    return thinking
        || state.settings().behaviour().faults().halfOpen()
        || (outlet.isHolding() && channel.isWritable());
  }

  private void closeIdle() {
    LOG.debug("[{}] idle — closing {}", state.settings().id(), Peers.address(channel));
    channel.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.debug("[{}] {}: {}", state.settings().id(), Peers.address(channel), cause.toString());
    channel.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ending = true;
    if (timer != null) {
      timer.cancel(false);
    }
    idle.cancel();
    inlet.release();
    outlet.release();
    dialogue.release();
    onEnd.accept(this);
  }
}
