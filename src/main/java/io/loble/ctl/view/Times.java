package io.loble.ctl.view;

/** Times as a balancer shows them. */
final class Times {

  private Times() {}

  /** A time without its milliseconds. */
  static String seconds(String time) {
    int point = time.indexOf('.');
    return point < 0 ? time : time.substring(0, point) + "Z";
  }
}
