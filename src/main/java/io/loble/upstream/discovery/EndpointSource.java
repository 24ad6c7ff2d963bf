package io.loble.upstream.discovery;

/**
 * A place where backends are found, asked again by itself as often as it needs to be. Used on one
 * context, on which it calls its listener.
 */
public interface EndpointSource {

  /** Hears what the source says. */
  interface Listener {

    /**
     * Called after {@link EndpointSource#start} as soon as something is known, and whenever that
     * may have changed. The same answer again changes nothing.
     */
    void answered(Answer answer);
  }

  /** Begins to ask. Called once. */
  void start(Listener listener);

  /** Ends it, and gives back what it holds; the listener is not called any more. */
  void stop();
}
