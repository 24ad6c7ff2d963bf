package io.loble.proxy;

import io.loble.net.Stream;

/**
 * A stage in which only the client is there, and has to say something first. It has taken nothing
 * from the client that it may take for delivered, unless the stage says otherwise.
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
  final LiveConnection.State state() {
    return LiveConnection.State.CONNECTING;
  }
}
