package io.loble.cli;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;

/**
 * A signal of the operating system, such as {@code HUP}.
 *
 * <p>Java has one interface for them, {@code sun.misc.Signal}. It is called by reflection because
 * javac warns of every other use, and that warning cannot be suppressed.
 */
record OsSignal(String name) {

  /**
   * Runs something at each of these signals, on a thread of its own, in place of what the JVM or
   * the system would do.
   *
   * @return false where that cannot be had: the system has no such signal, or the JVM keeps it to
   *     itself, as with {@code -Xrs}
   */
  boolean handle(Runnable action) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Class<?> signal = Class.forName("sun.misc.Signal");
      signal.getMethod("handle", signal, handler).invoke(null, open(signal), calling(action));
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Its number on this system; 0 where there is no such signal. */
  int number() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      return (int) signal.getMethod("getNumber").invoke(open(signal));
    } catch (ReflectiveOperationException e) {
      return 0;
    }
  }

  private Object open(Class<?> signal) throws ReflectiveOperationException {
    Constructor<?> constructor = signal.getConstructor(String.class);
    return constructor.newInstance(name);
  }

  private static Object calling(Runnable action) throws ClassNotFoundException {
    return Proxy.newProxyInstance(
        OsSignal.class.getClassLoader(),
        new Class<?>[] {Class.forName("sun.misc.SignalHandler")},
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() != Object.class) {
            action.run();
            return null;
          }
          return method.invoke(action, arguments);
        });
  }

  @Override
  public String toString() {
    return "SIG" + name;
  }
}
