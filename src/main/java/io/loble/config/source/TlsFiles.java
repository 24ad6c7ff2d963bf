package io.loble.config.source;

import io.loble.config.ListenerConfig;
import io.loble.config.ListenerTls;
import io.loble.config.PoolConfig;
import io.loble.config.keys.ListenerTlsKeys;
import io.loble.config.keys.LobleKeys;
import io.loble.config.keys.PlainForm;
import io.loble.config.keys.PoolKeys;
import io.loble.config.keys.PoolTlsKeys;
import io.loble.config.keys.Tables;
import io.loble.config.read.Field;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.TableList;
import io.loble.config.read.Values;
import io.loble.model.PoolTls;
import io.loble.tls.ClientTlsSettings;
import io.loble.tls.ServerTlsSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether the files that TLS of listeners and pools names can be used. Apart from the rules of the
 * schema, because it looks at the file system, which takes time and may say another thing the next
 * moment.
 */
final class TlsFiles {

  private final Instant now = Instant.now();
  private final Problems problems;
  private final List<String> warnings = new ArrayList<>();

  private TlsFiles(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reports each file that cannot be used. Blocks.
   *
   * @return what can be used and is probably a mistake, a sentence for each, which begins with the
   *     key
   */
  static List<String> check(Node.Table document, Problems problems) {
    // What is wrong with the values themselves has been reported when the document was read.
    Node.Table plain = new PlainForm(new Problems()).of(document);
    TlsFiles files = new TlsFiles(problems);
    plain
        .child(Tables.LISTENERS)
        .map(node -> new TableList<>(LobleKeys.LISTENER, List.of()).entries(node, new Problems()))
        .orElse(List.of())
        .forEach(files::checkListener);
    plain.table(Tables.POOLS).ifPresent(pools -> pools.children().forEach(files::checkPool));
    return List.copyOf(files.warnings);
  }

  private void checkListener(Section.Entry<ListenerConfig> listener) {
    ListenerTls tls = listener.record().tls();
    Optional<Values<ListenerTls>> values =
        table(listener.values(), ListenerTlsKeys.LISTENER_TLS, ListenerTlsKeys.TLS);
    if (!tls.isOn() || values.isEmpty()) {
      return;
    }
    FileFaults faults = new FileFaults();
    try {
      Optional<ServerTlsSettings> settings = ListenerTlsFiles.read(tls).settings(now, faults);
      String key = "listeners." + listener.record().name() + ".tls.";
      settings.ifPresent(s -> warnings.addAll(new TlsFileWarnings(key, now).of(tls, s)));
    } catch (IOException e) {
      problems.add(values.get().place(ListenerTlsKeys.CERTIFICATES), unread(e));
    }
    TlsPlaces places = TlsPlaces.ofListener(values.get());
    faults.all().forEach(fault -> problems.add(places.of(fault.key()), fault.what()));
  }

  private void checkPool(String name, Node node) {
    Optional<Section.Entry<PoolConfig>> pool = PoolKeys.POOL.entry(node, null, new Problems());
    Optional<Values<PoolTls>> values =
        pool.flatMap(p -> table(p.values(), PoolTlsKeys.POOL_TLS, PoolTlsKeys.TLS));
    if (pool.isEmpty() || values.isEmpty()) {
      return;
    }
    PoolTls tls = pool.get().record().outbound().tls();
    if (tls.enabled()) {
      checkPool(name, tls, values.get());
    }
  }

  private void checkPool(String name, PoolTls tls, Values<PoolTls> values) {
    FileFaults faults = new FileFaults();
    try {
      Optional<ClientTlsSettings> settings = PoolTlsFiles.read(tls).settings(now, faults);
      String key = Place.of("").child(Tables.POOLS).child(name).key() + ".tls.";
      settings.ifPresent(s -> warnings.addAll(new TlsFileWarnings(key, now).of(tls, s)));
    } catch (IOException e) {
      problems.add(values.place(PoolTlsKeys.CA), unread(e));
    }
    TlsPlaces places = TlsPlaces.ofPool(values);
    faults.all().forEach(fault -> problems.add(places.of(fault.key()), fault.what()));
  }

  private static <R, T> Optional<Values<T>> table(
      Values<R> values, Field<R, T> field, Section<T> section) {
    return values
        .node(field)
        .flatMap(node -> section.entry(node, null, new Problems()))
        .map(Section.Entry::values);
  }

  private static String unread(IOException e) {
    return "the files of this table cannot be read: " + e.getMessage();
  }
}
