package io.loble.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One kind of work, which every peer does in every round. */
interface Row {

  String name();

  /** The work in words. */
  String work();

  /** Why it cannot be done here. */
  Optional<String> missing();

  /** Starts what the row needs, and warms it up. */
  Trial begin(Path directory, List<Peer> peers) throws Exception;

  /** A row that is being measured. */
  interface Trial extends AutoCloseable {

    Sample measure(Peer peer) throws Exception;

    @Override
    void close();
  }
}
