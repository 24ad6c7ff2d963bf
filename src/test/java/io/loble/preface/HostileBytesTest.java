package io.loble.preface;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Correct bytes that are changed at random. */
class HostileBytesTest {

  private static final int ROUNDS = 5_000;

  @Test
  void holdsForCorrectBytes() {
    Hostile.seeds().forEach(Hostile::check);
  }

  /** Found by a fuzzer, each the first to take some path. */
  @Test
  void holdsForBytesThatWereFound() throws IOException {
    found().forEach(Hostile::check);
  }

  private static List<byte[]> found() throws IOException {
    try (InputStream file = HostileBytesTest.class.getResourceAsStream("found.hex")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), US_ASCII);
      return text.lines().map(HexFormat.of()::parseHex).toList();
    }
  }

  @Test
  void holdsForChangedBytes() throws IOException {
    long seed = RandomGenerator.getDefault().nextLong();
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> seeds = new ArrayList<>(Hostile.seeds());
    seeds.addAll(found());
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = changed(seeds.get(random.nextInt(seeds.size())), random);
      try {
        Hostile.check(bytes);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + HexFormat.of().formatHex(bytes), e);
      }
    }
  }

  private static byte[] changed(byte[] correct, SplittableRandom random) {
    byte[] bytes = correct.clone();
    for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
      bytes = change(bytes, random);
    }
    return bytes;
  }

  private static byte[] change(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] = (byte) random.nextInt(256);
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] += (byte) random.nextInt(-2, 3);
      case 3 -> {
        return Bytes.concat(bytes, Bytes.random(random, random.nextInt(40)));
      }
      default -> {
        int gone = random.nextInt(1, 4);
        int to = Math.min(bytes.length, at + gone);
        byte[] shorter =
            Bytes.concat(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
        return shorter.length > 0 ? shorter : bytes;
      }
    }
    return bytes;
  }
}
