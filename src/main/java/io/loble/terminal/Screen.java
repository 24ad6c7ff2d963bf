package io.loble.terminal;

import java.io.PrintWriter;

/** Where one page after another is shown. */
public sealed interface Screen {

  void show(String page);

  /** Pages below each other, for a file or a pipe. */
  record Scrolling(PrintWriter out) implements Screen {

    @Override
    public void show(String page) {
      out.print(page + "\n");
      out.flush();
    }
  }

  /** Each page in the place of the one before, on a terminal. */
  record InPlace(PrintWriter out) implements Screen {

    private static final String TOP = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    /** Writes over what is there, and clears only what is left of it: that does not flicker. */
    @Override
    public void show(String page) {
      out.print(TOP + page.replace("\n", REST_OF_LINE + "\n") + REST_OF_SCREEN);
      out.flush();
    }
  }
}
