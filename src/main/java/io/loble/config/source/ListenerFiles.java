package io.loble.config.source;

import io.loble.config.ErrorPage;
import io.loble.config.ListenerConfig;
import io.loble.config.keys.HttpKeys;
import io.loble.config.keys.ListenerLimitKeys;
import io.loble.config.keys.LobleKeys;
import io.loble.config.keys.PlainForm;
import io.loble.config.keys.Tables;
import io.loble.config.read.Field;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.TableList;
import io.loble.config.read.Values;
import io.loble.model.Network;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Whether the files that listeners name can be used. Apart from the rules of the schema, because it
 * looks at the file system, which takes time and may say another thing the next moment.
 */
final class ListenerFiles {

  private final Problems problems;

  private ListenerFiles(Problems problems) {
    this.problems = problems;
  }

  /** Reports each file that cannot be used. Blocks. */
  static void check(Node.Table document, Problems problems) {
    // What is wrong with the values themselves has been reported when the document was read.
    Node.Table plain = new PlainForm(new Problems()).of(document);
    ListenerFiles files = new ListenerFiles(problems);
    plain
        .child(Tables.LISTENERS)
        .map(node -> new TableList<>(LobleKeys.LISTENER, List.of()).entries(node, new Problems()))
        .orElse(List.of())
        .forEach(files::check);
  }

  private void check(Section.Entry<ListenerConfig> listener) {
    if (listener.record().limits().namesFiles()) {
      check(listener.values());
    }
    listener.record().http().errorPages().forEach((s, page) -> check(s, page, listener.values()));
  }

  private void check(int status, ErrorPage page, Values<ListenerConfig> values) {
    try {
      ErrorPages.page(page);
    } catch (IOException e) {
      problems.add(placeOf(status, values), String.valueOf(e.getMessage()));
    }
  }

  private static Place placeOf(int status, Values<ListenerConfig> values) {
    Place table = values.place(HttpKeys.HTTP);
    String pages = HttpKeys.ERROR_PAGES.name();
    String key = String.valueOf(status);
    return values
        .node(HttpKeys.HTTP)
        .flatMap(node -> node instanceof Node.Table t ? t.find(pages, key) : Optional.empty())
        .map(Node::place)
        .orElse(table.child(pages).child(key));
  }

  private void check(Values<ListenerConfig> values) {
    Optional<List<Network>> allowed =
        read(values, ListenerLimitKeys.ALLOW, ListenerLimitKeys.ALLOW_FILE);
    Optional<List<Network>> denied =
        read(values, ListenerLimitKeys.DENY, ListenerLimitKeys.DENY_FILE);
    if (allowed.isPresent() && denied.isPresent()) {
      boolean ofDeny = !values.get(ListenerLimitKeys.DENY_FILE).isEmpty();
      Field<ListenerConfig, String> file =
          ofDeny ? ListenerLimitKeys.DENY_FILE : ListenerLimitKeys.ALLOW_FILE;
      new ListenerNetworks(allowed.get(), denied.get())
          .inBoth()
          .map(ListenerNetworks::contradiction)
          .ifPresent(why -> problems.add(values.place(file), why));
    }
  }

  private Optional<List<Network>> read(
      Values<ListenerConfig> values,
      Field<ListenerConfig, List<Network>> list,
      Field<ListenerConfig, String> file) {
    List<Network> listed = values.get(list);
    String path = values.get(file);
    if (path.isEmpty()) {
      return Optional.of(listed);
    }
    try {
      return Optional.of(
          ListenerNetworks.together(listed, NetworkFile.read(NetworkFile.path(path))));
    } catch (IOException e) {
      problems.add(values.place(file), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }
}
