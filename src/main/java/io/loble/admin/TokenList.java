package io.loble.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens of a file. A file of one line is one token without a name, whatever stands in it. A
 * file of several lines could never be sent as a token; it is a list, with a name and a token a
 * line.
 */
record TokenList(List<Entry> entries) {

  private static final int MOST = 256;
  private static final Pattern NAME = Pattern.compile("[\\w.@-]{1,64}");
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /**
   * A token.
   *
   * @param name the name of its holder; empty when the file does not give one
   */
  record Entry(String name, String secret) {

    /** Does not contain the secret. */
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException when it is none of that form; the message says which line
   */
  static TokenList parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.stream().filter(line -> !line.isBlank()).count() < 2) {
      String only = text.strip();
      return new TokenList(only.isEmpty() ? List.of() : List.of(new Entry("", only)));
    }
    List<Entry> entries = new ArrayList<>();
    Set<String> secrets = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Entry entry = entry(line, i + 1);
        if (!secrets.add(entry.secret())) {
          throw new IllegalArgumentException("line " + (i + 1) + " has a token that stands above");
        }
        entries.add(entry);
      }
    }
    if (entries.size() > MOST) {
      throw new IllegalArgumentException("holds more than " + MOST + " tokens");
    }
    return new TokenList(List.copyOf(entries));
  }

  private static Entry entry(String line, int number) {
    String[] words = SPACE.split(line, -1);
    if (words.length > 2 || (words.length == 1 && line.contains(":"))) {
      throw new IllegalArgumentException(
          "line " + number + ": expected a name, a space and a token, such as \"alice 3f9a…\"");
    }
    if (words.length == 1) {
      return new Entry("", line);
    }
    if (!NAME.matcher(words[0]).matches()) {
      throw new IllegalArgumentException(
          "line " + number + ": a name has at most 64 letters, digits and characters of . _ @ -");
    }
    return new Entry(words[0], words[1]);
  }

  /**
   * The name of that token's holder, empty where the file gives none; nothing for an unknown token.
   * Takes as long for a token that is nearly right as for one that is all wrong.
   */
  Optional<String> find(byte[] given) {
    Optional<String> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.secret().getBytes(StandardCharsets.UTF_8), given)) {
        found = Optional.of(entry.name());
      }
    }
    return found;
  }
}
