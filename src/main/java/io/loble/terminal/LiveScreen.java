package io.loble.terminal;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;

/**
 * A terminal that shows pages in place and reads single keys. Closing it gives the terminal back as
 * it was; that may be done by any thread, and after that nothing is shown any more.
 */
public final class LiveScreen implements AutoCloseable {

  private static final String ENTER = "\u001b[?1049h\u001b[?25l";
  private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
  private static final String TOP = "\u001b[H";
  private static final String REST_OF_LINE = "\u001b[K";
  private static final String REST_OF_SCREEN = "\u001b[J";

  private final Terminal terminal;
  private final Attributes before;
  private volatile Size size;
  private boolean closed;

  private LiveScreen(Terminal terminal, Runnable interrupted) {
    this.terminal = terminal;
    this.size = terminal.getSize();
    // Asked for only when it changes: to know it, a process is started.
    terminal.handle(Terminal.Signal.WINCH, signal -> size = terminal.getSize());
    terminal.handle(Terminal.Signal.INT, signal -> interrupted.run());
    this.before = terminal.enterRawMode();
    terminal.writer().print(ENTER);
    terminal.flush();
  }

  /**
   * Takes over the terminal that the process was started in; empty when there is none.
   *
   * @param interrupted called when Ctrl-C is pressed, on any thread
   */
  public static Optional<LiveScreen> open(Runnable interrupted) {
    try {
      Terminal terminal =
          TerminalBuilder.builder()
              .system(true)
              .systemOutput(TerminalBuilder.SystemOutput.SysOut)
              .dumb(false)
              .nativeSignals(true)
              .build();
      return Optional.of(new LiveScreen(terminal, interrupted));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /** What bars can be made of here. */
  public String block() {
    return terminal.encoding().newEncoder().canEncode('█') ? "█" : "#";
  }

  /** How many lines it has; a usual number where it does not tell. */
  public int height() {
    return size.getRows() > 0 ? size.getRows() : 24;
  }

  /** How many columns it has; a usual number where it does not tell. */
  public int width() {
    return size.getColumns() > 0 ? size.getColumns() : 80;
  }

  /** Shows a page over the one before. What does not fit is cut off. */
  public synchronized void show(String page) {
    if (!closed) {
      String lines =
          page.lines().limit(height()).map(this::fitted).collect(Collectors.joining("\r\n"));
      terminal.writer().print(TOP + lines + REST_OF_SCREEN);
      terminal.flush();
    }
  }

  private String fitted(String line) {
    String cut = AttributedString.fromAnsi(line).columnSubSequence(0, width()).toAnsi(terminal);
    return cut + REST_OF_LINE;
  }

  /** Waits for a key; negative when none was pressed in that time. */
  public int key(long millis) throws IOException {
    return terminal.reader().read(millis);
  }

  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      terminal.writer().print(LEAVE);
      terminal.flush();
      terminal.setAttributes(before);
      terminal.close();
    }
  }
}
