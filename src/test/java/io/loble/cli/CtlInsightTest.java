package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that look into a balancer: what they send, and what they say of the answer. */
class CtlInsightTest {

  private static final String CONNECTION =
      "{'id':'w1-42','listener':'default','pool':'default','backend':'a','client':'10.0.0.7:5555',"
          + "'age_ms':61000,'idle_ms':30,'bytes_to_backend':10,'bytes_to_client':2048,"
          + "'mode':'splice','state':'open'}";

  private FakeAdmin admin;

  @BeforeEach
  void start() {
    admin = FakeAdmin.start();
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void explain() {
    answer(
        "GET /api/v1/explain?client=10.0.0.7&listener=pg%20x",
        "{'client':'10.0.0.7','listener':'pg x','pool':'blue','algorithm':'source_hash',"
            + "'backend':'a','certain':true,'rejected':null,'candidates':["
            + "{'name':'a','address':'10.0.0.1:80','weight':2,'active':3,'chance':1.0,"
            + "'trial':false},"
            + "{'name':'10.0.0.2:80','address':'10.0.0.2:80','weight':1,'active':12,'chance':0.0,"
            + "'trial':false}],'left_out':["
            + "{'name':'c','address':'10.0.0.3:80','reason':'unhealthy',"
            + "'since':'2026-11-22T05:00:00Z','detail':'connect refused'},"
            + "{'name':'d','address':'10.0.0.4:80','reason':'full','since':null,"
            + "'detail':'5 of 5 connections'}]}");
    assertThat(Ctl.run(admin, "explain", "10.0.0.7", "listener=pg x").out())
        .isEqualTo(
            """
            client 10.0.0.7 on listener pg x, pool blue, source_hash: a

            candidate    address      weight  active  chance
            a            10.0.0.1:80       2       3   100 %
            10.0.0.2:80                    1      12     0 %

            left out  address      reason     since                 detail
            c         10.0.0.3:80  unhealthy  2026-11-22T05:00:00Z  connect refused
            d         10.0.0.4:80  full                             5 of 5 connections
            """);
  }

  @Test
  void explainHowTheConnectionBegins() {
    answer(
        "GET /api/v1/explain?client=10.0.0.7",
        "{'client':'10.0.0.7','listener':'l','pool':'p','algorithm':'sticky','backend':'a',"
            + "'certain':true,'send_proxy':'v2','source':['10.0.0.5','10.0.0.6']}");
    assertThat(Ctl.run(admin, "explain", "10.0.0.7").out())
        .isEqualTo(
            """
            client 10.0.0.7 on listener l, pool p, sticky: a
            the backend first gets a PROXY protocol header (v2) that names 10.0.0.7
            connections to it come from 10.0.0.5, 10.0.0.6
            """);
  }

  @Test
  void explainWithTls() {
    answer(
        "GET /api/v1/explain?client=10.0.0.7&sni=a.example",
        "{'client':'10.0.0.7','listener':'l','pool':'p','algorithm':'sticky','backend':'a',"
            + "'certain':true,'agreed_alpn':'h2','certificate':{'file':'a.pem','subject':'CN=a'},"
            + "'certificate_why':'it has the name a.example','backend_tls':'full'}");
    assertThat(Ctl.run(admin, "explain", "10.0.0.7", "sni=a.example").out())
        .isEqualTo(
            """
            client 10.0.0.7 on listener l, pool p, sticky: a
            certificate: a.pem (CN=a): it has the name a.example; protocol h2
            the connection to it is encrypted (verify full)
            """);
  }

  @Test
  void connectionsWithTls() {
    String secured = CONNECTION.replace("'open'", "'open','tls':'TLSv1.3','sni':'a.example'");
    answer("GET /api/v1/connections", "{'total':1,'connections':[" + secured + "]}");
    assertThat(Ctl.run(admin, "connections").out())
        .contains("  mode    state  tls\n")
        .contains("  splice  open   TLSv1.3 a.example\n");
  }

  @Test
  void theStatusOfTls() {
    answer(
        "GET /api/v1/status",
        "{'id':'lb','version':'1','transport':'epoll','tls_engine':'BoringSSL','config':{},"
            + "'listeners':[{'name':'l','tls':{'certificate_count':2,"
            + "'certificates':[{'file':'a.pem','days_left':9}],"
            + "'handshakes':{'ok':7,'resumed':3,'failed_by':{'closed':0,'not_tls':2}},"
            + "'warnings':['a.pem expires in 9 days']}}],"
            + "'pools':[{'name':'p','tls':{'verify':'none','handshakes':{'ok':1}}}]}");
    assertThat(Ctl.run(admin, "status").out())
        .contains(", transport epoll, TLS by BoringSSL, snapshot ")
        .contains(
            """
            TLS of listener l: 2 certificates, the first (a.pem) ends in 9 days, 7 handshakes (3 resumed), failed: 2 not_tls
              a.pem expires in 9 days
            TLS of pool p: verify none, 1 handshakes (0 resumed), none failed
            """);
  }

  @Test
  void explainWhereChanceDecidesOrNobodyIsThere() {
    String head = "{'client':'::1','listener':'l','pool':'p','algorithm':'random',";
    answer("GET /api/v1/explain?client=%3A%3A1", head + "'backend':'a','certain':false}");
    answer(
        "GET /api/v1/explain?client=%3A%3A2",
        head + "'backend':null,'certain':true,'rejected':'no_backend'}");
    assertThat(Ctl.run(admin, "explain", "::1").out())
        .isEqualTo("client ::1 on listener l, pool p, random: by chance, likeliest a\n");
    assertThat(Ctl.run(admin, "explain", "::2").out())
        .isEqualTo("client ::1 on listener l, pool p, random: turned away (no_backend)\n");
  }

  @Test
  void explainOfARequest() {
    String head = "{'client':'::1','listener':'l','method':'PUT','host':'a.example','path':'/a/b',";
    answer(
        "GET /api/v1/explain?client=%3A%3A1&host=a.example&path=%2Fa%2Fb&method=PUT",
        head
            + "'route':1,'route_why':'path /a','backend_path':'/b','pool':'p','algorithm':'random',"
            + "'backend':'x','certain':false}");
    assertThat(Ctl.run(admin, "explain", "::1", "method=PUT", "host=a.example", "path=/a/b").out())
        .isEqualTo(
            """
            client ::1 on listener l, PUT a.example/a/b, routes[1] (path /a), pool p, random: by chance, likeliest x
            the backend is asked for /b
            """);
    answer(
        "GET /api/v1/explain?client=%3A%3A2",
        "{'client':'::2','listener':'l','method':'GET','host':null,'path':'/','route':0,"
            + "'route_why':'it has no condition','redirect':'https','pool':null}");
    assertThat(Ctl.run(admin, "explain", "::2").out())
        .isEqualTo(
            "client ::2 on listener l, GET /, routes[0] (it has no condition):"
                + " is told to come back by https\n");
  }

  @Test
  void connections() {
    answer(
        "GET /api/v1/connections?backend=a&limit=1",
        "{'total':3,'connections':[" + CONNECTION + "]}");
    answer("GET /api/v1/connections", "{'total':0,'connections':[]}");
    assertThat(Ctl.run(admin, "connections", "limit=1", "backend=a").out())
        .isEqualTo(
            """
            connection  listener  pool     backend  client           age  idle  to backend  to client  mode    state
            w1-42       default   default  a        10.0.0.7:5555  1m 1s    0s        10 B    2.0 KiB  splice  open

            1 of 3
            """);
    assertThat(Ctl.run(admin, "connections").out()).isEqualTo("0 of 0\n");
    answer("GET /api/v1/connections?client=10.0.0.0%2F8", "{'total':7,'connections':[]}");
    assertThat(Ctl.run(admin, "connections", "client=10.0.0.0/8").out()).isEqualTo("0 of 7\n");
    assertThat(Ctl.run(admin, "connections", "limit=x"))
        .isEqualTo(new Ctl.Answer(2, "", "limit: expected a whole number, found \"x\"\n"));
  }

  @Test
  void close() {
    answer("DELETE /api/v1/connections/w1-42", CONNECTION);
    assertThat(Ctl.run(admin, "close", "w1-42").out())
        .isEqualTo(
            "connection w1-42 closed: client 10.0.0.7:5555, backend a, 1m 1s old,"
                + " 10 B to backend, 2.0 KiB to client\n");
    assertThat(Ctl.run(admin, "close", "w1-42", "--json").out()).startsWith("{\n");
  }

  @Test
  void threads() {
    answer(
        "GET /api/v1/threads",
        "{'threads':[{'name':'main','state':'waiting','cpu_ms':1234,'stack':['a.b(C.java:1)']},"
            + "{'name':'idle','state':'runnable','cpu_ms':0,'stack':[]}]}");
    assertThat(Ctl.run(admin, "threads").out())
        .isEqualTo(
            """
            thread  state        cpu  in
            main    waiting   1.23 s  a.b(C.java:1)
            idle    runnable  0.00 s
            """);
  }

  private void answer(String request, String json) {
    admin.answer(request, json.replace('\'', '"'));
  }
}
