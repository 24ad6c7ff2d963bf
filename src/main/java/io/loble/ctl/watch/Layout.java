package io.loble.ctl.watch;

import picocli.CommandLine.Help.Ansi;

/**
 * How the live view is shown.
 *
 * @param width in columns of characters
 */
public record Layout(int width, Order order, Ansi ansi) {

  Layout with(Order other) {
    return new Layout(width, other, ansi);
  }

  Layout ofWidth(int columns) {
    return new Layout(columns, order, ansi);
  }
}
