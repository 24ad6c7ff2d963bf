package io.loble.upstream.discovery;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The API server of a cluster, asked with what this process may present to it at the time when it
 * was opened: the token of its service account, which changes within the hour, or what the user's
 * kubeconfig has. So it is opened anew for each watch.
 *
 * <p>Of fabric8's client this uses what finds the server and the credentials, and speaks HTTP;
 * lists and watches are plain requests, on which no thread waits.
 */
final class KubernetesApi {

  private static final int LONGEST_BODY = 16 << 20;

  private final Context context;
  private final String server;
  private final String namespace;
  private final HttpClient client;
  private final long answerMillis;
  private final Set<KubernetesCall> calls = new HashSet<>();
  private boolean closed;

  private KubernetesApi(Context context, Config config, HttpClient client, long answerMillis) {
    this.context = context;
    this.server = config.getMasterUrl();
    this.namespace = config.getNamespace() == null ? "default" : config.getNamespace();
    this.client = client;
    this.answerMillis = answerMillis;
  }

  /**
   * Finds the server and the credentials. Blocks.
   *
   * @param context on which it is used
   * @param server a URL; empty for the one of the service account or the kubeconfig
   * @param answerMillis how long an answer may take
   */
  static KubernetesApi open(Vertx vertx, Context context, String server, long answerMillis)
      throws KubernetesException {
    try {
      Config config = server.isEmpty() ? found() : plain(server);
      // Whoever uses this knows better when to ask again.
      config.setRequestRetryBackoffLimit(0);
      config.setConnectionTimeout(Math.toIntExact(answerMillis));
      Vertx5HttpClientFactory factory = new Vertx5HttpClientFactory(vertx);
      HttpClient client =
          factory
              .newBuilder(config)
              .addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, new Token(config))
              .build();
      return new KubernetesApi(context, config, client, answerMillis);
    } catch (RuntimeException e) {
      throw KubernetesException.unusable(e);
    }
  }

  private static Config found() throws KubernetesException {
    Config config = Config.autoConfigure(null);
    if (config.getAutoOAuthToken() != null) {
      config.setAutoOAuthToken(config.getAutoOAuthToken().strip());
    } else if (config.getContexts().isEmpty()) {
      throw new KubernetesException(
          0, "there is neither the token of a service account of Kubernetes here nor a kubeconfig");
    }
    return config;
  }

  private static Config plain(String server) {
    return new ConfigBuilder(Config.empty()).withMasterUrl(server).build();
  }

  /** Presents the token, but does not read files on an event loop to find a newer one. */
  private static final class Token extends TokenRefreshInterceptor {

    private static final long NEVER_SECONDS = 1L << 32;

    Token(Config config) {
      super(
          config,
          Instant.now().plusSeconds(NEVER_SECONDS),
          newest -> CompletableFuture.completedFuture(null));
    }

    @Override
    protected boolean shouldFail(HttpResponse<?> response) {
      return true;
    }
  }

  /** Its URL. */
  String server() {
    return server;
  }

  /** The namespace that this process, or the user's kubeconfig, is for. */
  String namespace() {
    return namespace;
  }

  /** Asks for one thing. Fails with a {@link KubernetesException}. */
  Future<Buffer> get(String path) {
    Buffer whole = Buffer.buffer();
    KubernetesCall call =
        new KubernetesCall(
            context,
            answerMillis,
            part -> {
              whole.appendBuffer(part);
              return whole.length() > LONGEST_BODY ? tooLong() : Future.succeededFuture();
            });
    call.limit(answerMillis);
    return run(call, path).map(whole);
  }

  /**
   * Asks for a stream.
   *
   * @param begun called when the server has agreed to it
   * @param sink takes one part, and is given the next one when that is done
   * @param longestMillis how long it may go on until it counts as dead
   * @return done when the server has ended it; fails with a {@link KubernetesException}
   */
  Future<Void> stream(
      String path, Runnable begun, Function<Buffer, Future<Void>> sink, long longestMillis) {
    KubernetesCall call = new KubernetesCall(context, answerMillis, sink);
    call.head()
        .onSuccess(
            head -> {
              call.limit(longestMillis);
              begun.run();
            });
    return run(call, path);
  }

  private Future<Void> run(KubernetesCall call, String path) {
    if (closed) {
      return Future.failedFuture(new KubernetesException(0, "closed"));
    }
    calls.add(call);
    return call.send(client, client.newHttpRequestBuilder().uri(uri(path)).build())
        .onComplete(done -> calls.remove(call))
        .recover(cause -> Future.failedFuture(KubernetesException.of(server, cause)));
  }

  private String uri(String path) {
    return server.endsWith("/") ? server + path.substring(1) : server + path;
  }

  private static Future<Void> tooLong() {
    return Future.failedFuture(
        new KubernetesException(0, "the API server's answer is too long: it has no end"));
  }

  /** Ends what goes on, and gives the connections back. */
  void close() {
    closed = true;
    Set.copyOf(calls).forEach(call -> call.cancel(new KubernetesException(0, "closed")));
    client.close();
  }
}
