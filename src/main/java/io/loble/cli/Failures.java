package io.loble.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;

/** What went wrong, for people: without the names of classes. */
final class Failures {

  /** What an exception begins with that is made of another, and nothing else. */
  private static final Pattern CLASS = Pattern.compile("^(?:[a-z_]\\w*\\.)+[A-Z][\\w$]*(: |$)");

  private Failures() {}

  /** The reason in words. A failure that has none is a fault in the program, and is shown whole. */
  static String text(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String reason = reason(cause);
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    return "an error in loble itself; please report it with these lines:\n" + stack(failure);
  }

  private static String reason(Throwable failure) {
    if (failure instanceof NoSuchFileException file) {
      return file.getFile() + ": no such file or directory";
    }
    if (failure instanceof AccessDeniedException file) {
      return file.getFile() + ": permission denied";
    }
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": cannot be used";
    }
    if (failure instanceof UnknownHostException) {
      return "no such host: " + failure.getMessage();
    }
    return withoutClass(failure);
  }

  private static String withoutClass(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    boolean says = failure.getMessage() != null && !(failure instanceof NullPointerException);
    return says ? CLASS.matcher(message).replaceFirst("").strip() : "";
  }

  private static String stack(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
