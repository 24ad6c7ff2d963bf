package io.loble.config.keys;

import io.loble.config.Discovery;
import io.loble.config.DiscoverySource.Kubernetes;
import io.loble.config.read.DiscoveryScalars;
import io.loble.config.read.Field;
import io.loble.config.read.OptionalTable;
import io.loble.config.read.Problems;
import io.loble.config.read.Scalars;
import io.loble.config.read.Section;
import io.loble.config.read.Values;

/** The keys of {@code [pools.NAME.discover.kubernetes]}. */
final class KubernetesKeys {

  /** Stands for no service. */
  static final Kubernetes NONE = new Kubernetes("", "", "", false, "", "");

  private static final Field<Kubernetes, String> SERVICE =
      Field.optional("service", DiscoveryScalars.service(), KubernetesKeys::serviceName, "");
  private static final Field<Kubernetes, String> PORT =
      Field.optional("port", DiscoveryScalars.servicePort(), Kubernetes::port, "");
  private static final Field<Kubernetes, Boolean> PREFER_ZONE =
      Field.optional("prefer_zone", Scalars.bool(), Kubernetes::preferZone, false);
  private static final Field<Kubernetes, String> ZONE =
      Field.optional("zone", Scalars.text(), Kubernetes::zone, "");
  private static final Field<Kubernetes, String> SERVER =
      Field.optional("server", DiscoveryScalars.apiServer(), Kubernetes::server, "");

  static final Field<Discovery, Kubernetes> KUBERNETES =
      Field.optional(
          "kubernetes",
          new OptionalTable<>(
              new Section<>(
                  KubernetesKeys::kubernetes,
                  KubernetesKeys::check,
                  SERVICE,
                  PORT,
                  PREFER_ZONE,
                  ZONE,
                  SERVER),
              NONE),
          discovery -> discovery.source(Kubernetes.class).orElse(NONE),
          NONE);

  private KubernetesKeys() {}

  private static String serviceName(Kubernetes source) {
    return source.namespace().isEmpty()
        ? source.service()
        : source.namespace() + '/' + source.service();
  }

  private static Kubernetes kubernetes(Values<Kubernetes> v) {
    String name = v.get(SERVICE);
    if (name.isEmpty()) {
      return NONE;
    }
    int slash = name.indexOf('/');
    return new Kubernetes(
        slash < 0 ? "" : name.substring(0, slash),
        name.substring(slash + 1),
        v.get(PORT),
        v.get(PREFER_ZONE),
        v.get(ZONE),
        v.get(SERVER));
  }

  private static void check(Values<Kubernetes> values, Problems problems) {
    if (values.get(SERVICE).isEmpty() && !values.given(SERVICE) && !values.unusable(SERVICE)) {
      problems.add(
          values.place(SERVICE),
          "missing; expected the name of a service, such as \"shop/postgres\"");
    }
  }
}
