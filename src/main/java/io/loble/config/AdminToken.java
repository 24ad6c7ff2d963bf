package io.loble.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The rules about the token that guards the control interface. */
final class AdminToken {

  private AdminToken() {}

  static void check(Values<AdminConfig> values, Problems problems) {
    String file = values.get(ProcessKeys.TOKEN_FILE);
    if (!file.isEmpty()) {
      checkFile(file, values.place(ProcessKeys.TOKEN_FILE), problems);
    } else {
      checkLoopback(values, problems);
    }
  }

  private static void checkLoopback(Values<AdminConfig> values, Problems problems) {
    String host = values.get(ProcessKeys.ADMIN_ADDRESS).host();
    if (!isLoopback(host)) {
      problems.add(
          values.place(ProcessKeys.ADMIN_ADDRESS),
          host
              + " can be reached from outside, so admin.token_file must name a file with a token;"
              + " or bind a loopback address such as \"127.0.0.1:9090\"");
    }
  }

  private static void checkFile(String file, Place place, Problems problems) {
    try {
      Path path = Path.of(file);
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        problems.add(
            place,
            "\"" + file + "\" is not a file that can be read; create it, or correct the path");
      } else if (Files.size(path) == 0) {
        problems.add(place, "\"" + file + "\" is empty; write a token into it");
      }
    } catch (InvalidPathException | IOException e) {
      problems.add(place, "\"" + file + "\" cannot be read: " + e.getMessage());
    }
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
