package io.loble.ctl.command;

import io.loble.ctl.watch.Order;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an order by its name. */
final class OrderConverter implements ITypeConverter<Order> {

  @Override
  public Order convert(String text) {
    return Stream.of(Order.values())
        .filter(order -> order.toString().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of " + all() + ", found \"" + text + "\""));
  }

  private static String all() {
    return Arrays.stream(Order.values()).map(Order::toString).collect(Collectors.joining(", "));
  }
}
