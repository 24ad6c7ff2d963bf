package io.loble.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.loble.MainVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A listener that cannot be opened fails the start with the same plain text on every transport. */
class ListenErrorTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAddressInUse(boolean nativeTransport, @TempDir Path directory) throws IOException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(nativeTransport));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + taken.getLocalPort();
      Path toml =
          Files.writeString(
              directory.resolve("loble.toml"),
              """
              [listener]
              address = "%s"
              [admin]
              address = "127.0.0.1:0"
              [[backends]]
              address = "127.0.0.1:1"
              """
                  .formatted(address));
      DeploymentOptions options =
          new DeploymentOptions().setConfig(new JsonObject().put("config", toml.toString()));

      assertThatThrownBy(() -> vertx.deployVerticle(new MainVerticle(), options).await())
          .satisfies(
              failure ->
                  assertThat(failure.getMessage())
                      .endsWith(
                          "listener 'default': cannot listen on "
                              + address
                              + ": address already in use"));
    } finally {
      vertx.close().await();
    }
  }
}
