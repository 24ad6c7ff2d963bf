package io.loble.ctl.command;

import io.loble.ctl.client.CtlException;
import io.loble.ctl.client.JsonText;
import io.loble.ctl.client.Request;
import io.loble.ctl.client.SseParser;
import io.loble.ctl.command.Session.Form;
import io.loble.ctl.view.EventLine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code ctl events}. */
@Command(name = "events", description = "Shows events as they happen, until Ctrl-C.")
final class EventsCommand extends Action {

  private static final Request REQUEST = Request.get("events");

  @Override
  void run(Session session) throws CtlException {
    Interrupt interrupt = Interrupt.endsWell();
    try {
      follow(session);
    } catch (DecodeException e) {
      throw session.client().strange();
    } finally {
      interrupt.over();
    }
    if (session.isHeard()) {
      throw CtlException.failed(session.client() + " has ended the stream of events");
    }
  }

  private static void follow(Session session) throws CtlException {
    SseParser parser = new SseParser();
    try (Stream<String> lines = session.client().lines(REQUEST)) {
      lines
          .takeWhile(line -> session.isHeard())
          .forEach(line -> parser.line(line).ifPresent(event -> show(session, event)));
    } catch (UncheckedIOException e) {
      // Cut off, which is as much an end as any other.
    }
  }

  private static void show(Session session, SseParser.Event event) {
    JsonObject data = JsonText.object(event.data());
    session.println(session.form() == Form.JSON ? JsonText.compact(data) : EventLine.of(data));
  }
}
