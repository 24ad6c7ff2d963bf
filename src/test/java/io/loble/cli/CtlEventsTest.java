package io.loble.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as they are followed, until the stream ends. */
class CtlEventsTest {

  private static final String REQUEST = "GET /api/v1/events";

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
  void aLineForEach() {
    admin.answer(
        REQUEST,
        """
        : hello

        id: 1
        event: backend.state
        data: {"type":"backend.state","at":"T1","who":"health","what":"default/a","pool":"default","backend":"a","from":"healthy","to":"draining","detail":"connection refused"}

        id: 2
        event: backend.gone
        data: {"type":"backend.gone","at":"T2","who":"health","what":"default/a","pool":"default","backend":"a","before":"leaving","after":null}

        :
        id: 21
        event: discovery.state
        data: {"type":"discovery.state","at":"T2","who":"discovery","what":"dns db:1 of pool db","before":"ok","after":"not_found","pool":"db","source":"dns","of":"db:1","from":"ok","to":"not_found","detail":"no such name","backends":2}

        id: 22
        event: discovery.changed
        data: {"type":"discovery.changed","at":"T2","who":"discovery","what":"dns db:1 of pool db","before":2,"after":8,"pool":"db","source":"dns","of":"db:1","backends":8,"joined":7,"left":1,"joined_names":["b:1","c:1","d:1","e:1","f:1","g:1","h:1"],"left_names":["a:1"]}

        id: 3
        event: backend.update
        data: {"type":"backend.update","at":"T3","who":"http 127.0.0.1:5","what":"backend a of pool default","version":4,"steps":[{"text":"weight: 5, was 3"}],"before":{},"after":{}}

        id: 4
        event: config.reload
        data: {"type":"config.reload","at":"T4","who":"file x.toml","what":"x.toml","version":5,"steps":[],"before":4,"after":5}

        id: 5
        event: config.refused
        data: {"type":"config.refused","at":"T5","who":"file x.toml","what":"x.toml","errors":[{"source":"x.toml","line":1,"column":2,"reason":"no"},{"source":"x.toml","line":3,"column":4,"key":"a.b","reason":"neither"}],"before":5,"after":5}

        """);
    assertThat(Ctl.run(admin, "events"))
        .isEqualTo(
            new Ctl.Answer(
                1,
                """
                T1  backend.state  health  backend a of pool default: healthy -> draining (connection refused)
                T2  backend.gone  health  backend a of pool default has lost its last connection
                T2  discovery.state  discovery  dns db:1 of pool db: ok -> not_found (no such name)
                T2  discovery.changed  discovery  dns db:1 of pool db: 8 backends, 2 before; joined: b:1, c:1, d:1, e:1, f:1 and 2 more; left: a:1
                T3  backend.update  http 127.0.0.1:5  backend a of pool default: weight: 5, was 3 (version 4)
                T4  config.reload  file x.toml  x.toml: 4 -> 5 (version 5)
                T5  config.refused  file x.toml  x.toml: x.toml:1:2: no; x.toml:3:4: a.b: neither
                """,
                "http://" + admin.address() + " has ended the stream of events\n"));
  }

  @Test
  void oneJsonALine() {
    admin.answer(REQUEST, "event: x\ndata: {\"type\": \"x\",\ndata: \"n\": 1}\n\n");
    assertThat(Ctl.run(admin, "events", "--json").out()).isEqualTo("{\"type\":\"x\",\"n\":1}\n");
  }

  @Test
  void endsWhenNobodyReadsAnyMore() {
    admin.answer(REQUEST, "data: {}\n\ndata: hello\n\n");
    assertThat(Ctl.runUnheard(admin, "events")).isZero();
  }

  @Test
  void aRefusal() {
    admin.problem(REQUEST, 403, new JsonObject().put("detail", "not you"));
    assertThat(Ctl.run(admin, "events")).isEqualTo(new Ctl.Answer(1, "", "not you\n"));
  }

  @Test
  void somethingElse() {
    admin.answer(REQUEST, "data: hello\n\n");
    Ctl.Answer answer = Ctl.run(admin, "events");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("none of Loble's");
  }
}
