package io.loble.config.read;

import io.loble.config.ConfigError;

/**
 * Where a value was written.
 *
 * @param source a file's path as it was given, {@link ConfigError#CONF}, {@link
 *     ConfigError#ENVIRONMENT} or {@link #JSON}
 * @param line counted from 1; 0 where the source has no lines
 * @param column counted from 1; 0 where the source has no lines
 * @param key the full key, as the source's author would write it; empty for the whole source
 */
public record Place(String source, int line, int column, String key) {

  public static final String JSON = "json";

  public static final String BARE_KEY = "[A-Za-z0-9_-]+";

  /** The whole of a source. */
  public static Place of(String source) {
    return new Place(source, 0, 0, "");
  }

  /** A key of the table that stands here, on the table's own line until it is known better. */
  public Place child(String name) {
    String bare = name.matches(BARE_KEY) ? name : '"' + InvisibleText.shown(name) + '"';
    return withKey(key.isEmpty() ? bare : key + '.' + bare);
  }

  /** An element of the array that stands here, counted from 0. */
  public Place item(int index) {
    return withKey(key + '[' + index + ']');
  }

  public Place withKey(String newKey) {
    return new Place(source, line, column, newKey);
  }

  public Place at(int newLine, int newColumn) {
    return new Place(source, newLine, newColumn, key);
  }

  /** Names this place in an error about the place given. */
  public String seenFrom(Place other) {
    String where = line == 0 ? source : "line " + line;
    boolean sameSource = source.equals(other.source);
    if (line == 0 && sameSource) {
      return key;
    }
    return key + " (" + (sameSource || line == 0 ? where : source + " " + where) + ")";
  }
}
