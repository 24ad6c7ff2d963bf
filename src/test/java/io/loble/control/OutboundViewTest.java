package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.loble.model.Outbound;
import io.loble.model.PoolTls;
import io.loble.model.PoolTls.Verify;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of connections to backends. */
class OutboundViewTest {

  @Test
  void tlsIsThereWhereConnectionsAreEncrypted() {
    assertThat(json(PoolTls.OFF)).isEqualTo("{\"send_proxy\":\"off\",\"source\":[]}");
    assertThat(json(new PoolTls(true, Verify.NONE, "", "db", false, "", "", "", List.of("h2"))))
        .isEqualTo(
            """
            {"send_proxy":"off","source":[],"tls":{"enabled":true,"verify":"none","ca":"",\
            "server_name":"db","sni":"","cert":"","key":"","key_password_file":"","alpn":["h2"]}}""");
  }

  private static String json(PoolTls tls) {
    return OutboundView.putWithTls(new JsonObject(), Outbound.PLAIN.withTls(tls)).encode();
  }
}
