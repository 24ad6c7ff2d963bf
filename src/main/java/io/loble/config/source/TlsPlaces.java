package io.loble.config.source;

import io.loble.config.CertificateFiles;
import io.loble.config.ListenerTls;
import io.loble.config.keys.ListenerTlsKeys;
import io.loble.config.keys.PoolTlsKeys;
import io.loble.config.read.Field;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import io.loble.model.PoolTls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Where a document has the keys of TLS that {@link FileFaults} name. */
final class TlsPlaces {

  private final Map<String, Place> byKey = new HashMap<>();

  private TlsPlaces() {}

  static TlsPlaces ofListener(Values<ListenerTls> values) {
    TlsPlaces places = new TlsPlaces();
    places.add("", values, List.of(ListenerTlsKeys.CLIENT_CA, ListenerTlsKeys.CIPHERS));
    List<Section.Entry<CertificateFiles>> certificates =
        values
            .node(ListenerTlsKeys.CERTIFICATES)
            .map(node -> ListenerTlsKeys.CERTIFICATE_LIST.entries(node, new Problems()))
            .orElse(List.of());
    for (int i = 0; i < certificates.size(); i++) {
      places.add(
          "certificates[" + i + "].",
          certificates.get(i).values(),
          List.of(ListenerTlsKeys.CERT, ListenerTlsKeys.KEY, ListenerTlsKeys.KEY_PASSWORD_FILE));
    }
    return places;
  }

  static TlsPlaces ofPool(Values<PoolTls> values) {
    TlsPlaces places = new TlsPlaces();
    places.add(
        "",
        values,
        List.of(PoolTlsKeys.CA, PoolTlsKeys.CERT, PoolTlsKeys.KEY, PoolTlsKeys.KEY_PASSWORD_FILE));
    return places;
  }

  private <R> void add(String prefix, Values<R> values, List<? extends Field<R, ?>> fields) {
    fields.forEach(field -> byKey.put(prefix + field.name(), values.place(field)));
  }

  /** The place of a key. */
  Place of(String key) {
    return Objects.requireNonNull(byKey.get(key), key);
  }
}
