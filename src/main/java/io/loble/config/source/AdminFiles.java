package io.loble.config.source;

import io.loble.config.AdminConfig;
import io.loble.config.AdminTls;
import io.loble.config.keys.AdminKeys;
import io.loble.config.read.Field;
import io.loble.config.read.Node;
import io.loble.config.read.Place;
import io.loble.config.read.Problems;
import io.loble.config.read.Section;
import io.loble.config.read.Values;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Whether the files that {@code [admin]} names can be read. Apart from the rules of the schema,
 * because it looks at the file system, which takes time and may say another thing the next moment.
 */
final class AdminFiles {

  private final Problems problems;

  private AdminFiles(Problems problems) {
    this.problems = problems;
  }

  /** Reports each file that cannot be used. Blocks. */
  static void check(Node.Table document, Problems problems) {
    document.table("admin").ifPresent(new AdminFiles(problems)::checkAdmin);
  }

  private void checkAdmin(Node.Table admin) {
    // What is wrong with the values themselves has been reported when the document was read.
    AdminKeys.ADMIN
        .entry(admin, null, new Problems())
        .map(Section.Entry::values)
        .ifPresent(this::checkTokens);
    admin
        .table(AdminKeys.ADMIN_TLS.name())
        .flatMap(tls -> AdminKeys.TLS.entry(tls, null, new Problems()))
        .map(Section.Entry::values)
        .ifPresent(this::checkTls);
  }

  private void checkTokens(Values<AdminConfig> values) {
    checkFile(values, AdminKeys.TOKEN_FILE, "a token");
    checkFile(values, AdminKeys.READONLY_TOKEN_FILE, "a token");
  }

  private void checkTls(Values<AdminTls> values) {
    checkFile(values, AdminKeys.CERT, "a certificate in PEM form");
    checkFile(values, AdminKeys.KEY, "a private key in PEM form");
    checkFile(values, AdminKeys.CLIENT_CA, "an authority's certificate in PEM form");
  }

  private <R> void checkFile(Values<R> values, Field<R, String> field, String content) {
    String file = values.get(field);
    if (!file.isEmpty()) {
      checkFile(file, values.place(field), content);
    }
  }

  private void checkFile(String file, Place place, String content) {
    try {
      if (FileReads.all(Path.of(file)).length == 0) {
        problems.add(place, "\"" + file + "\" is empty; write " + content + " into it");
      }
    } catch (NoSuchFileException | AccessDeniedException | FileReads.NotRegular e) {
      problems.add(
          place, "\"" + file + "\" is not a file that can be read; create it, or correct the path");
    } catch (InvalidPathException | IOException e) {
      problems.add(place, "\"" + file + "\" cannot be read: " + e.getMessage());
    }
  }
}
