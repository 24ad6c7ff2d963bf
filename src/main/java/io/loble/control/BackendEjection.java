package io.loble.control;

import io.loble.upstream.ConnectionOrder;
import io.loble.upstream.EjectionOrder;
import io.loble.upstream.EjectionOrder.Eject;
import io.loble.upstream.EjectionOrder.Readmit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Ejects a backend, or ends its ejection. Changes no configuration. */
final class BackendEjection implements Command {

  /** Makes the order of a command. */
  private interface Order {
    EjectionOrder of(String pool, String backend, Arguments arguments);
  }

  private final String name;
  private final Vertx vertx;
  private final ConfigManager manager;
  private final StatusView view;
  private final Lookup lookup;
  private final Order order;

  private BackendEjection(
      String name,
      Vertx vertx,
      ConfigManager manager,
      StatusView view,
      Lookup lookup,
      Order order) {
    this.name = name;
    this.vertx = vertx;
    this.manager = manager;
    this.view = view;
    this.lookup = lookup;
    this.order = order;
  }

  /** {@code backend.eject}. */
  static Command eject(Vertx vertx, ConfigManager manager, StatusView view, Lookup lookup) {
    return new BackendEjection(
        "backend.eject", vertx, manager, view, lookup, BackendEjection::ejection);
  }

  /** {@code backend.readmit}. */
  static Command readmit(Vertx vertx, ConfigManager manager, StatusView view, Lookup lookup) {
    return new BackendEjection(
        "backend.readmit", vertx, manager, view, lookup, BackendEjection::readmission);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Future<JsonObject> run(Caller caller, Arguments arguments) {
    String backend = lookup.backendName(arguments);
    String pool = lookup.poolOfBackend(arguments, backend);
    EjectionOrder wanted = order.of(pool, backend, arguments);
    view.backend(pool, backend);
    return manager.act(caller, name, "backend " + backend + " of pool " + pool, () -> give(wanted));
  }

  private static EjectionOrder ejection(String pool, String backend, Arguments arguments) {
    arguments.allowOnly("pool", "name", "backend", "time");
    Duration time = arguments.duration("time").orElse(null);
    if (time != null && time.isZero()) {
      throw CommandException.invalidArgument("time: expected more than 0s");
    }
    return new Eject(pool, backend, time);
  }

  private static EjectionOrder readmission(String pool, String backend, Arguments arguments) {
    arguments.allowOnly("pool", "name", "backend");
    return new Readmit(pool, backend);
  }

  private Future<JsonObject> give(EjectionOrder wanted) {
    return vertx
        .eventBus()
        .request(EjectionOrder.ADDRESS, wanted.toJson(), ConnectionOrder.delivery())
        .map(done -> view.backend(wanted.pool(), wanted.backend()));
  }
}
