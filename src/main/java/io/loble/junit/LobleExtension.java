package io.loble.junit;

import io.loble.config.ConfigException;
import io.loble.model.HostPort;
import io.loble.testbed.BalancerFigures;
import io.loble.testbed.SimulatedBackend;
import io.loble.testbed.Testbed;
import io.loble.testbed.TestbedPlan;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a balancer with simulated servers behind it, in this process, on free ports.
 *
 * <pre>{@code
 * @RegisterExtension final LobleExtension lb = LobleExtension.withServers(3);
 *
 * @Test void theClientSurvivesAFlakyServer() {
 *   lb.server(0).chaos(10);
 *   MyClient client = new MyClient(lb.address().host(), lb.address().port());
 *   …
 *   assertThat(lb.stats().backend("server-1").failures()).isPositive();
 * }
 * }</pre>
 *
 * <p>In a field of an instance, or with {@code @ExtendWith} at a method, each test gets all of it
 * anew. In a static field, or with {@code @ExtendWith} at a class, the tests of the class share it:
 * before each of them all servers run again as they did first and are in rotation; what a test has
 * changed in the balancer itself stays.
 *
 * <p>A test may also take the {@link Testbed} as a parameter. Servers that die are noticed soon:
 * unless it is told otherwise, the balancer probes them every 200 ms.
 */
public final class LobleExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  private static final int SERVERS = 3;

  private final TestbedPlan plan;
  private @Nullable ExtensionContext owner;
  private volatile @Nullable Testbed testbed;

  /** Three servers and the defaults; for {@code @ExtendWith}. */
  public LobleExtension() {
    this(TestbedPlan.of(SERVERS));
  }

  private LobleExtension(TestbedPlan plan) {
    this.plan = plan.withBalancer(probingOften().mergeIn(plan.balancer(), true));
  }

  /** As many servers, {@code server-1} and so on, and the defaults. */
  public static LobleExtension withServers(int servers) {
    return new LobleExtension(TestbedPlan.of(servers));
  }

  /** What the plan says. */
  public static LobleExtension of(TestbedPlan plan) {
    return new LobleExtension(plan);
  }

  /**
   * The same servers behind a balancer with other settings.
   *
   * @param keys of the TOML file, as JSON, such as {@code {"balancer": {"algorithm": "lc"}}}
   */
  public LobleExtension withBalancer(JsonObject keys) {
    return new LobleExtension(plan.withBalancer(plan.balancer().mergeIn(keys, true)));
  }

  private static JsonObject probingOften() {
    JsonObject active = new JsonObject().put("interval", "200ms").put("timeout", "1s");
    return new JsonObject().put("health", new JsonObject().put("active", active));
  }

  /** Where the client under test connects. */
  public HostPort address() {
    return testbed().address();
  }

  /** A server by its place, counted from 0. */
  public SimulatedBackend server(int index) {
    return testbed().server(index);
  }

  /** A server by its id. */
  public SimulatedBackend server(String id) {
    return testbed().server(id);
  }

  /** All servers, in order. */
  public List<SimulatedBackend> servers() {
    return testbed().servers();
  }

  /** What the balancer counts and thinks of its backends now. */
  public BalancerFigures stats() {
    return testbed().stats();
  }

  /**
   * All that can be seen and steered.
   *
   * @throws IllegalStateException outside of a test
   */
  public Testbed testbed() {
    Testbed running = testbed;
    if (running == null) {
      throw new IllegalStateException("there is a balancer only while a test runs");
    }
    return running;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws ConfigException {
    start(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws ConfigException {
    if (testbed == null) {
      start(context);
    } else {
      testbed().restore();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stop(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stop(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Testbed.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return testbed();
  }

  /** Nested classes come by here too, and find it running. */
  private void start(ExtensionContext context) throws ConfigException {
    if (testbed == null) {
      testbed = Testbed.start(plan);
      owner = context;
    }
  }

  private void stop(ExtensionContext context) {
    if (context.equals(owner)) {
      testbed().close();
      testbed = null;
      owner = null;
    }
  }
}
