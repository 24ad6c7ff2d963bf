package io.loble.proxy;

import io.loble.net.Stream;

/**
 * A stage in which only the client is there: it has to say something first, or to wait. It has
 * taken nothing from the client that it may take for delivered, unless the stage says otherwise.
 */
abstract class ClientStage extends TimedStage {

  ClientStage(Exchange exchange, LoopEnvironment loop) {
    super(exchange, loop);
  }

  @Override
  final void failed(Stream side) {
    exchange().close(Ending.CLIENT_RESET);
  }

  @Override
  final void cannotWrite(Stream to) {
    exchange().close(Ending.CLIENT_RESET);
  }

  @Override
  final void abort() {
    exchange().close(Ending.CLIENT_RESET);
  }

  @Override
  LiveConnection.State state() {
    return LiveConnection.State.CONNECTING;
  }
}
