package io.loble.config.source;

import io.loble.config.ConfigError;
import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.keys.ConfigReader;
import io.loble.config.keys.LaunchKeys;
import io.loble.config.keys.LoadedConfig;
import io.loble.config.keys.LobleKeys;
import io.loble.config.keys.PlainForm;
import io.loble.config.read.JsonDocument;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads a configuration from its sources, of which the later wins: built-in defaults, the TOML
 * file, the overrides in {@code -conf}, the environment. Methods block while they read files.
 */
public final class ConfigLoader {

  private ConfigLoader() {}

  /**
   * Validates what {@code -conf} holds. {@code LB_ID} wins over its {@code id}.
   *
   * @param conf empty when there is no {@code -conf}. Without a {@code config} in it, the file is
   *     {@code conf/loble.toml}, or none if {@code LB_PORT} and {@code LB_BACKENDS} are set
   * @throws ConfigException with everything that is wrong
   */
  public static LaunchOptions launchOptions(JsonObject conf, Map<String, String> env)
      throws ConfigException {
    Problems problems = new Problems();
    Node.Table document = JsonDocument.read(Place.of(ConfigError.CONF), conf);
    Optional<String> id = EnvironmentLayer.variable(env, EnvironmentLayer.ID);
    if (id.isPresent()) {
      Place place = Place.of(ConfigError.ENVIRONMENT).withKey(EnvironmentLayer.ID);
      document = document.with("id", new Node.Scalar(place, id.get()));
    }
    if (EnvironmentLayer.suffices(env) && document.child("config").isEmpty()) {
      document = document.with("config", new Node.Scalar(Place.of(ConfigError.ENVIRONMENT), ""));
    }
    Optional<LaunchOptions> options = LaunchKeys.LAUNCH.read(document, null, problems);
    problems.throwIfAny();
    return options.orElseThrow();
  }

  /**
   * Loads the configuration that was launched, reading its file if it has one.
   *
   * @throws ConfigException with everything that is wrong in any of the sources
   */
  public static LobleConfig load(LaunchOptions launch, Map<String, String> env)
      throws ConfigException {
    return loadAll(launch, env).config();
  }

  /** Loads the same as {@link #load}, and what pools that are added later begin with. */
  public static LoadedConfig loadAll(LaunchOptions launch, Map<String, String> env)
      throws ConfigException {
    String file = launch.config();
    if (file.isEmpty()) {
      return load(Node.Table.empty(Place.of(launch.source())), launch, env);
    }
    return load(TomlDocument.parse(file, text(file)), launch, env);
  }

  /**
   * Loads the same as {@link #load}, from a file, and says which of its keys have no effect.
   *
   * @throws ConfigException with everything that is wrong in any of the sources
   */
  public static PlannedConfig planLoad(LaunchOptions launch, Map<String, String> env)
      throws ConfigException {
    Node.Table file = TomlDocument.parse(launch.config(), text(launch.config()));
    LoadedConfig loaded = load(file, launch, env);
    return new PlannedConfig(loaded.config(), hidden(file, launch, env), loaded.warnings());
  }

  /**
   * Loads the configuration that there would be if the file had that text.
   *
   * @param source what errors call the text
   * @throws ConfigException with everything that is wrong in any of the sources
   */
  public static LobleConfig load(
      LaunchOptions launch, Map<String, String> env, String source, String toml)
      throws ConfigException {
    return loadAll(launch, env, source, toml).config();
  }

  /** Loads the same, and what a look at its files has found. */
  static LoadedConfig loadAll(
      LaunchOptions launch, Map<String, String> env, String source, String toml)
      throws ConfigException {
    return load(TomlDocument.parse(source, toml), launch, env);
  }

  /**
   * Says what {@link #load(LaunchOptions, Map, String, String)} would load, without a look at the
   * files that the text names: who may ask for it need not be allowed to know of them.
   */
  public static PlannedConfig plan(
      LaunchOptions launch, Map<String, String> env, String source, String toml)
      throws ConfigException {
    Problems problems = new Problems();
    Node.Table file = TomlDocument.parse(source, toml);
    Node.Table complete = merged(file, launch, env, problems);
    LobleConfig config = read(complete, launch, problems).config();
    return new PlannedConfig(config, hidden(file, launch, env), List.of());
  }

  private static LoadedConfig load(Node.Table file, LaunchOptions launch, Map<String, String> env)
      throws ConfigException {
    Problems problems = new Problems();
    Node.Table complete = merged(file, launch, env, problems);
    AdminFiles.check(complete, problems);
    ListenerFiles.check(complete, problems);
    List<String> warnings = new ArrayList<>(TlsFiles.check(complete, problems));
    LoadedConfig loaded = read(complete, launch, problems);
    warnings.addAll(TargetFiles.warnings(loaded.config()));
    return loaded.withWarnings(warnings);
  }

  private static Node.Table merged(
      Node.Table file, LaunchOptions launch, Map<String, String> env, Problems problems) {
    Node.Table overrides = overrides(launch);
    EnvironmentLayer environment = new EnvironmentLayer(env, problems);
    boolean variables = !environment.layer().children().isEmpty();
    if (variables || !overrides.children().isEmpty()) {
      checkAlone(file, problems);
    }
    if (variables) {
      checkAlone(overrides, problems);
    }
    return environment.over(Layers.over(withoutId(file, problems), withoutId(overrides, problems)));
  }

  private static Node.Table overrides(LaunchOptions launch) {
    return JsonDocument.read(Place.of(ConfigError.CONF).withKey("overrides"), launch.overrides());
  }

  /** What is wrong with a source is told also where a later one wins over it. */
  private static void checkAlone(Node.Table document, Problems problems) {
    Problems own = Problems.ofPart();
    Node.Table plain = new PlainForm(own).of(document.without("id"));
    LobleKeys.LOBLE.read(plain, null, own);
    problems.addAll(own);
  }

  /** The keys of a file that overrides or the environment win over. */
  private static List<HiddenKey> hidden(
      Node.Table file, LaunchOptions launch, Map<String, String> env) {
    Node.Table overrides = overrides(launch);
    EnvironmentLayer environment = new EnvironmentLayer(env, new Problems());
    HiddenKeys hidden = new HiddenKeys(file);
    hidden.under(overrides, Layers.keptUnder(file, overrides));
    hidden.under(environment.layer(), environment.keptOf(file));
    return hidden.inOrder();
  }

  private static LoadedConfig read(Node.Table complete, LaunchOptions launch, Problems problems)
      throws ConfigException {
    Node id = new Node.Scalar(Place.of(ConfigError.CONF).withKey("id"), launch.id());
    return ConfigReader.readAll(complete.with("id", id), problems);
  }

  private static Node.Table withoutId(Node.Table document, Problems problems) {
    document
        .child("id")
        .ifPresent(
            id -> problems.add(id.place(), "the id belongs at the top of -conf, or in LB_ID"));
    return document.without("id");
  }

  private static String text(String file) throws ConfigException {
    try {
      return TextFile.decode(FileReads.all(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw unreadable(
          file,
          "no such file; create it, name a different one (run FILE, or \"config\" in -conf),"
              + " or set LB_PORT and LB_BACKENDS to do without");
    } catch (CharacterCodingException e) {
      throw unreadable(file, String.valueOf(e.getMessage()));
    } catch (AccessDeniedException e) {
      throw unreadable(file, "cannot be read: permission denied");
    } catch (InvalidPathException | IOException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage());
    }
  }

  private static ConfigException unreadable(String file, String reason) {
    return new ConfigException(List.of(new ConfigError(file, 0, 0, null, reason)));
  }
}
