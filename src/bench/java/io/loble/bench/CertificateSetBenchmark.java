package io.loble.bench;

import io.loble.preface.ClientHello;
import io.loble.preface.EcdsaOffer;
import io.loble.tls.CertificateChain;
import io.loble.tls.CertificateFacts;
import io.loble.tls.CertificateSet;
import io.loble.tls.Credential;
import io.loble.tls.KeyKind;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it takes to find the certificate for the name that a client asks for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class CertificateSetBenchmark {

  private static final int CLIENTS = 1 << 12;
  private static final EcdsaOffer MODERN = new EcdsaOffer(true, true, true);

  /** How many certificates there are; each has a name and a wildcard. */
  @Param({"1", "1000", "100000"})
  public int certificates;

  private @Nullable CertificateSet<Integer> set;
  private ClientHello[] clients = {};
  private int next;

  /** A third of the clients asks for a name, a third for one of a wildcard, a third for another. */
  @Setup
  public void certify() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    PrivateKey key = generator.generateKeyPair().getPrivate();
    List<Credential> credentials = new ArrayList<>();
    for (int i = 0; i < certificates; i++) {
      credentials.add(credential(key, i));
    }
    set = CertificateSet.of(credentials, false, System::identityHashCode);
    clients = new ClientHello[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      String domain = "site-" + i % certificates + ".example.com";
      String name = i % 3 == 0 ? domain : i % 3 == 1 ? "www." + domain : "other-" + domain;
      clients[i] = new ClientHello(name, List.of(), 0x0304, MODERN);
    }
  }

  private static Credential credential(PrivateKey key, int number) {
    String domain = "site-" + number + ".example.com";
    CertificateFacts facts =
        new CertificateFacts(
            "CN=" + domain,
            "CN=CA",
            List.of(domain, "*." + domain),
            List.of(),
            Instant.MIN,
            Instant.MAX,
            "");
    return new Credential(
        new CertificateChain("cert.pem", List.of(), List.of(facts)), key, KeyKind.EC_P256);
  }

  /** The names are new objects for each connection: their hash is part of the work. */
  @Benchmark
  public @Nullable Integer pick() {
    next = (next + 1) & (CLIENTS - 1);
    ClientHello hello = clients[next];
    String name = new String(String.valueOf(hello.serverName()).toCharArray());
    return set == null
        ? null
        : set.pick(new ClientHello(name, hello.alpn(), hello.version(), hello.ecdsa()));
  }
}
