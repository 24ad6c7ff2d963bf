package io.loble.sim.client;

import java.util.SplittableRandom;

/**
 * One {@code ECHO} of many bytes. They are made as the connection takes them and compared as they
 * come back, so that neither direction is ever held in memory.
 *
 * <p>Its latency is that of the whole exchange, from the request line to the last byte back: from
 * the last byte sent, a stall that stops the sending too would not show.
 */
final class BulkClient implements ClientBehaviour {

  private static final int CHUNK = 16 * 1024;

  private final RandomBytes noise;
  private final long length;
  private long sent;

  BulkClient(SplittableRandom random, long length) {
    this.noise = new RandomBytes(random.nextLong());
    this.length = length;
  }

  @Override
  public String choices() {
    return "bytes " + length + ", noise " + noise.seed();
  }

  @Override
  public void connected(ClientActions session) {
    session.ask("ECHO " + length + "\n", new Answer.Bulk(noise, length));
    writable(session);
  }

  @Override
  public void writable(ClientActions session) {
    while (sent < length && session.isWritable()) {
      int chunk = (int) Math.min(CHUNK, length - sent);
      session.send(noise.bytes(sent, chunk));
      sent += chunk;
    }
  }

  @Override
  public void answered(ClientActions session) {
    session.finish();
  }
}
