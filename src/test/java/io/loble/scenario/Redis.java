package io.loble.scenario;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A redis-server that keeps nothing on disk. */
record Redis(int port, Program program) implements AutoCloseable {

  static Redis start(Path directory) throws IOException {
    String server = Peers.path("redis-server");
    int port = Peers.freePort();
    List<String> command =
        List.of(
            server, "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no");
    Program program = Program.start(directory, Map.of(), command);
    Peers.awaitPort(port, program);
    return new Redis(port, program);
  }

  @Override
  public void close() {
    program.close();
  }
}
