package io.loble.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A server that works on a few requests at a time, while the others wait in the order in which they
 * came. Each connection asks once and is answered once, in the protocol of the simulated server,
 * which itself takes up every request at once. It begins anew with each run.
 */
final class WorkerBackend implements Backend {

  private static final ByteBuf ANSWER =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("ACK\n", US_ASCII));
  private static final int BACKLOG = 4_096;

  private final EventLoopGroup loop = Loops.one();
  private final int workers;
  private final Service service;
  private final int port;

  // Used on the event loop.
  private Shift shift = new Shift(Service.USUAL, new SplittableRandom(), 1);

  private WorkerBackend(int workers, Service service, int port) {
    this.workers = workers;
    this.service = service;
    this.port = port;
  }

  /**
   * Starts one on any free port.
   *
   * @param workers how many requests it works on at a time
   */
  static WorkerBackend start(int workers, Service service) throws Exception {
    WorkerBackend backend = new WorkerBackend(workers, service, Ports.free());
    try {
      backend.listen();
      return backend;
    } catch (Exception e) {
      backend.close();
      throw e;
    }
  }

  private void listen() throws InterruptedException {
    new ServerBootstrap()
        .group(loop)
        .channel(Loops.serverChannel())
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel client) {
                client.pipeline().addLast(new Client(shift));
              }
            })
        .bind(Ports.address(port))
        .sync();
  }

  @Override
  public int port() {
    return port;
  }

  /** From now on serves as every backend does in a world without troubles. */
  void beginAsUsual(RandomGenerator random) throws Exception {
    begin(new Shift(Service.USUAL, random, 1));
  }

  /** From now on serves as it was started to, in a run of that length. */
  void begin(RandomGenerator random, int seconds) throws Exception {
    begin(new Shift(service, random, seconds));
  }

  private void begin(Shift next) throws Exception {
    loop.submit(() -> shift = next).get();
  }

  /** How many clients have connected since it began. */
  long clients() throws Exception {
    return loop.submit(() -> shift.clients).get();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, SECONDS).syncUninterruptibly();
  }

  /**
   * The workers of one run, and who waits for them. Those of the run before finish what is left.
   */
  private final class Shift {

    private final Service service;
    private final RandomGenerator random;
    private final long start = System.nanoTime();
    private final double nanos;
    private final Queue<Channel> waiting = new ArrayDeque<>();
    private int busy;
    private long clients;

    Shift(Service service, RandomGenerator random, int seconds) {
      this.service = service;
      this.random = random;
      this.nanos = SECONDS.toNanos(seconds);
    }

    void take(Channel client) {
      if (!(service instanceof Service.Answering answering)) {
        client.close();
      } else if (busy == workers) {
        waiting.add(client);
      } else {
        busy++;
        work(client, answering.nextMillis(random, (System.nanoTime() - start) / nanos));
      }
    }

    private void work(Channel client, double millis) {
      client
          .eventLoop()
          .schedule(() -> answer(client), (long) (millis * MILLISECONDS.toNanos(1)), NANOSECONDS);
    }

    private void answer(Channel client) {
      client.writeAndFlush(ANSWER.duplicate(), client.voidPromise());
      busy--;
      for (Channel next = waiting.poll(); next != null; next = waiting.poll()) {
        if (next.isActive()) {
          take(next);
          return;
        }
      }
    }
  }

  private static final class Client extends ChannelInboundHandlerAdapter {

    private final Shift shift;

    Client(Shift shift) {
      this.shift = shift;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      shift.clients++;
    }

    /** A request is so short that it comes in one piece. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
      shift.take(context.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
