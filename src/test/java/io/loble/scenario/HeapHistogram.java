package io.loble.scenario;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What is reachable in this process. Other than what the runtime says is used, it counts no
 * garbage.
 *
 * @param total bytes
 * @param bytes by the name of the class, without the small ones: what is kept here is itself seen
 *     by the next one
 */
record HeapHistogram(long total, Map<String, Long> bytes) {

  private static final int SHOWN = 12;
  private static final long SMALL = 16 << 10;
  private static final Pattern LINE =
      Pattern.compile("^ *\\d+: +\\d+ +(\\d+) +(\\S+)", Pattern.MULTILINE);

  /** Collects garbage first. */
  static HeapHistogram now() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return of(String.valueOf(text));
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static HeapHistogram of(String text) {
    Map<String, Long> bytes =
        LINE.matcher(text)
            .results()
            .collect(
                Collectors.toMap(
                    line -> line.group(2), line -> Long.parseLong(line.group(1)), Long::sum));
    long total = bytes.values().stream().mapToLong(Long::longValue).sum();
    bytes.values().removeIf(size -> size < SMALL);
    return new HeapHistogram(total, Map.copyOf(bytes));
  }

  /** Which classes have grown the most since then. */
  String growthSince(HeapHistogram before) {
    return bytes.entrySet().stream()
        .map(e -> Map.entry(e.getKey(), e.getValue() - before.bytes.getOrDefault(e.getKey(), 0L)))
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(SHOWN)
        .map(e -> e.getKey() + " +" + e.getValue())
        .collect(Collectors.joining(", "));
  }
}
