package io.loble.model;

import java.util.Locale;

/**
 * Whether a backend takes new connections, and if not, why: the one vocabulary for what explain,
 * the status page, {@code ctl} and the demo show. A pure function of its mode, its state, its
 * weight and its room.
 */
public enum Condition {
  /** It takes new connections. */
  AVAILABLE,
  /** It has as many connections as it may have. */
  FULL,
  /** Its weight is 0. */
  NO_WEIGHT,
  /** The levels before its own suffice. */
  STANDBY,
  /** It was taken out for how it does with clients. */
  EJECTED,
  /** Too many connections to it failed lately. */
  CIRCUIT_OPEN,
  /** The same, and as many connections as are to be tried are under way. */
  HALF_OPEN,
  /** It failed; it may still have connections. */
  UNHEALTHY,
  /** Its operator wants it to get no new connections. */
  DRAINING,
  /** It was taken out by its operator. */
  MAINTENANCE,
  /** It was removed, and still has connections. */
  LEAVING;

  private static final String READY = BackendMode.READY.label();

  /**
   * The condition of a backend. Where several things keep it out, the first counts: its mode, its
   * health, its weight, its connections.
   *
   * @param hasRoom whether it has fewer connections than it may have
   */
  public static Condition of(BackendMode mode, BackendState state, int weight, boolean hasRoom) {
    if (!state.inRotation()) {
      return switch (mode) {
        case READY -> byState(state);
        case DRAIN -> DRAINING;
        case MAINTENANCE -> MAINTENANCE;
        case LEAVING -> LEAVING;
      };
    }
    if (weight == 0) {
      return NO_WEIGHT;
    }
    return hasRoom ? AVAILABLE : FULL;
  }

  /** The condition of a backend as a snapshot has it. */
  public static Condition of(Backend backend, boolean hasRoom) {
    return backend.isStandby()
        ? STANDBY
        : of(backend.mode(), backend.state(), backend.weight(), hasRoom);
  }

  private static Condition byState(BackendState state) {
    return switch (state) {
      case EJECTED -> EJECTED;
      case CIRCUIT_OPEN -> CIRCUIT_OPEN;
      case HALF_OPEN -> HALF_OPEN;
      default -> UNHEALTHY;
    };
  }

  /** The label that explain gives as the reason why a backend is left out. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state, with the mode where that is something else, such as {@code unhealthy (drain)}. */
  public static String stateAndMode(String state, String mode) {
    return mode.equals(READY) || mode.equals(state) ? state : state + " (" + mode + ")";
  }

  /** The mode where that is not the usual one, else the state. */
  public static String modeOrState(String state, String mode) {
    return mode.equals(READY) ? state : mode;
  }
}
