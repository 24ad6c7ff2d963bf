package io.loble.history;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tracks of several things of a kind, of no more than so many. Who is gone is kept for as long
 * as history goes back, but makes room for who is there; among those who are there, the first have
 * it.
 */
final class Shelf<K> {

  private final int most;
  private final List<Figure> figures;
  private final Map<K, Track> tracks = new LinkedHashMap<>();

  Shelf(int most, List<Figure> figures) {
    this.most = most;
    this.figures = figures;
  }

  void add(K key, long fromMillis, long toMillis, Amounts amounts) {
    Track track = trackOf(key, fromMillis);
    if (track != null) {
      track.add(fromMillis, toMillis, amounts);
    }
  }

  /** The track of that, if there is one. */
  Optional<Track> find(K key) {
    return Optional.ofNullable(tracks.get(key));
  }

  /** All of which there is one. */
  List<K> keys() {
    return List.copyOf(tracks.keySet());
  }

  /** Forgets those of which nothing is left to be seen. */
  void forgetBefore(long millis) {
    tracks.values().removeIf(track -> track.lastMillis() < millis);
  }

  private @Nullable Track trackOf(K key, long fromMillis) {
    Track known = tracks.get(key);
    if (known != null || (tracks.size() >= most && !makeRoom(fromMillis))) {
      return known;
    }
    Track added = new Track(figures);
    tracks.put(key, added);
    return added;
  }

  /** Forgets the one that is gone for longest, if one is: nothing was added to it last time. */
  private boolean makeRoom(long lastTimeMillis) {
    Optional<Map.Entry<K, Track>> gone =
        tracks.entrySet().stream()
            .filter(entry -> entry.getValue().lastMillis() < lastTimeMillis)
            .min(Comparator.comparingLong(entry -> entry.getValue().lastMillis()));
    gone.ifPresent(entry -> tracks.remove(entry.getKey()));
    return gone.isPresent();
  }
}
