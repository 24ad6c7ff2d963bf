package io.loble.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.loble.config.ConfigException;
import io.loble.config.LaunchOptions;
import io.loble.config.LobleConfig;
import io.loble.config.source.ConfigLoader;
import io.loble.tls.TestCertificates;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The ConfigMap as the balancer finds it in its pod, and what it loads there. */
record MountedConfig(LaunchOptions launch, LobleConfig config) {

  static final String VOLUME = "config";

  /** Where pods have the Secret with the certificate. */
  private static final String TLS = "/etc/loble-tls/";

  private static final X509Bundle CERTIFICATE =
      TestCertificates.leaf(TestCertificates.AUTHORITY, "loble.example.com");

  /**
   * Does what {@code check} does with the pod's arguments and environment, once somebody has named
   * a backend where {@code k8s/base/loble.toml} has one in a comment.
   *
   * @param files where the files of the pod are written; paths in them are changed to match
   */
  static MountedConfig load(Manifests manifests, Path files) throws ConfigException, IOException {
    ConfigMap map = manifests.one(ConfigMap.class, "loble");
    map.getData().computeIfPresent("loble.toml", (name, toml) -> withBackend(toml));
    return loadAsItIs(manifests, files);
  }

  /** The same, of the files as they are. */
  static MountedConfig loadAsItIs(Manifests manifests, Path files)
      throws ConfigException, IOException {
    Deployment balancer = Worlds.balancer(manifests);
    Container container = balancer.getSpec().getTemplate().getSpec().getContainers().get(0);
    String mount = mount(container);
    ConfigMap map = manifests.one(ConfigMap.class, "loble");
    for (Map.Entry<String, String> file : map.getData().entrySet()) {
      String text = file.getValue().replace(mount + "/", files + "/").replace(TLS, files + "/");
      Files.writeString(files.resolve(file.getKey()), text);
    }
    writeCertificate(files);
    String conf = container.getArgs().get(container.getArgs().indexOf("-conf") + 1);
    JsonObject json = new JsonObject(Files.readString(Path.of(conf.replace(mount, files + ""))));
    LaunchOptions launch = ConfigLoader.launchOptions(json, environment(container));
    return new MountedConfig(launch, ConfigLoader.load(launch, environment(container)));
  }

  /** As in a Secret of cert-manager's. */
  private static void writeCertificate(Path files) throws IOException {
    Files.writeString(files.resolve("tls.crt"), CERTIFICATE.getCertificatePathPEM());
    Files.writeString(files.resolve("tls.key"), CERTIFICATE.getPrivateKeyPEM());
  }

  private static String withBackend(String toml) {
    return toml.replace("#[[backends]]\n#address", "[[backends]]\naddress");
  }

  private static String mount(Container container) {
    return container.getVolumeMounts().stream()
        .filter(mount -> mount.getName().equals(VOLUME))
        .map(VolumeMount::getMountPath)
        .findFirst()
        .orElseThrow();
  }

  /** The variables of a container; those that the cluster fills in have some value. */
  static Map<String, String> environment(Container container) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container.getEnv()) {
      String value = variable.getValue();
      environment.put(variable.getName(), value == null ? "pod-1" : value);
    }
    return environment;
  }
}
