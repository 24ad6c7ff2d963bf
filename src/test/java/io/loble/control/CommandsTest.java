package io.loble.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CommandsTest {

  private record Lambda(String name, Function<JsonObject, Future<JsonObject>> body)
      implements Command {
    @Override
    public Future<JsonObject> run(Caller caller, Arguments arguments) {
      return body.apply(arguments.without());
    }
  }

  @Test
  void theCommandGetsTheArguments() {
    Commands commands = new Commands(List.of(new Lambda("echo", Future::succeededFuture)));
    JsonObject arguments = new JsonObject().put("n", 1);

    assertThat(commands.run(Caller.BUS, "echo", arguments).result()).isEqualTo(arguments);
  }

  @Test
  void anUnknownCommandIsRefusedWithTheNamesOfTheOthers() {
    Commands commands =
        new Commands(
            List.of(
                new Lambda("b", Future::succeededFuture),
                new Lambda("a", Future::succeededFuture)));

    assertThat(commands.run(Caller.BUS, "c", new JsonObject()).cause())
        .isInstanceOfSatisfying(
            CommandException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_FOUND))
        .hasMessage("no command is called \"c\"; known: a, b");
  }

  @Test
  void whatACommandThrowsFailsItsAnswer() {
    RuntimeException defect = new IllegalStateException("broken");
    Commands commands =
        new Commands(
            List.of(
                new Lambda(
                    "throws",
                    arguments -> {
                      throw defect;
                    })));

    assertThat(commands.run(Caller.BUS, "throws", new JsonObject()).cause()).isSameAs(defect);
  }

  @Test
  void twoCommandsCannotShareAName() {
    Command command = new Lambda("status", Future::succeededFuture);

    assertThatThrownBy(() -> new Commands(List.of(command, command)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
