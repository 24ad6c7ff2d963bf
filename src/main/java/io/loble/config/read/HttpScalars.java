package io.loble.config.read;

import io.loble.config.ErrorPage;
import io.loble.model.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of values that keys about HTTP have. */
public final class HttpScalars {

  /** What {@link #stripPrefix} reads where a route takes its own path off. */
  public static final String OWN_PATH = "own path";

  /** Stands for a secret where a configuration is shown; is none itself. */
  public static final String HIDDEN_SECRET = "(hidden)";

  private static final int LEAST_ERROR = 400;
  private static final int MOST_ERROR = 599;

  private static final String HTTPS = "https";
  private static final int LEAST_SECRET = 16;
  private static final int MOST_SECRET = 256;

  /** RFC 9110, and RFC 6265 for names of cookies. */
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");

  private static final Pattern ERROR_STATUS = Pattern.compile("[45][0-9][0-9]");
  private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]{0,31}");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|)");

  /** Those of RFC 3986 that need no percent-encoding. */
  private static final String PATH_CHARACTER = "[A-Za-z0-9._~!$&'()*+,;=:@-]";

  private static final Pattern PATH =
      Pattern.compile("/|(/(?!\\.\\.?(/|$))" + PATH_CHARACTER + "+)+/?");

  private static final String SIMPLE_PATH = "^(/[A-Za-z0-9._~!$&'()*+,;=:@/-]*)?$";

  private HttpScalars() {}

  /** A number of bytes within bounds that are whole numbers of KiB. */
  public static ScalarCodec<Integer> size(int min, int max) {
    return Scalars.ofString(
            "a size from %dKiB to %dKiB, such as \"32KiB\"".formatted(min / 1024, max / 1024),
            text -> size(text).filter(bytes -> bytes >= min && bytes <= max),
            bytes -> bytes % 1024 == 0 ? bytes / 1024 + "KiB" : bytes + "B")
        .describedBy(matching("^[0-9]{1,9}(B|KiB)?$"));
  }

  private static Optional<Integer> size(String text) {
    Matcher parts = SIZE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int amount = Integer.parseInt(parts.group(1));
    boolean kibi = parts.group(2).equals("KiB");
    return kibi && amount > Integer.MAX_VALUE / 1024
        ? Optional.empty()
        : Optional.of(kibi ? amount * 1024 : amount);
  }

  /** What paths begin with, or nothing. */
  public static ScalarCodec<String> path() {
    return Scalars.text(
            "\"\", or a path without %, ?, #, empty segments, . and .., such as \"/api/\"",
            HttpScalars::isPathOrEmpty)
        .describedBy(matching(SIMPLE_PATH));
  }

  private static boolean isPathOrEmpty(String text) {
    return text.isEmpty() || PATH.matcher(text).matches();
  }

  /** What is taken off paths, or nothing. */
  public static ScalarCodec<String> stripPrefix() {
    JsonArray either = new JsonArray().add(Schemas.bool()).add(matching(SIMPLE_PATH));
    return new ScalarCodec<>(
        "true for the route's own path, false, or a path as path has it, such as \"/api\"",
        new JsonObject().put("anyOf", either),
        HttpScalars::readPrefix,
        prefix -> prefix);
  }

  private static Optional<String> readPrefix(Object value) {
    if (value instanceof Boolean own) {
      return Optional.of(own ? OWN_PATH : "");
    }
    return value instanceof String text
        ? Optional.of(text).filter(HttpScalars::isPathOrEmpty)
        : Optional.empty();
  }

  /** Names of methods. */
  public static ListCodec<String> methods() {
    return new ListCodec<>(
        Scalars.text(
                "the name of a method in capitals, such as \"GET\"",
                name -> METHOD.matcher(name).matches())
            .describedBy(matching('^' + METHOD.pattern() + '$')),
        "an array of methods, such as [\"GET\", \"HEAD\"]");
  }

  /** The values of headers by their names in lower case. */
  public static MapCodec<String, String> headers() {
    return new MapCodec<>(
        name -> Optional.of(name.toLowerCase(Locale.ROOT)).filter(HttpScalars::isToken),
        '^' + TOKEN.pattern() + '$',
        "is not the name of a header",
        Scalars.text(
            "printable ASCII without spaces around it, or \"*\" for any value",
            HttpScalars::isHeaderValue),
        "a table of headers, such as { x-canary = \"yes\" }");
  }

  private static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  private static boolean isHeaderValue(String text) {
    return text.equals(text.strip()) && text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  /** What clients get in place of errors, by status. */
  public static MapCodec<Integer, ErrorPage> errorPages() {
    return new MapCodec<>(
        HttpScalars::errorStatus,
        '^' + ERROR_STATUS.pattern() + '$',
        "a page is for a status from 400 to 599",
        Scalars.ofString(
                "the path of a file that ends in one of " + ErrorPage.ENDINGS,
                ErrorPage::of,
                page -> page.file())
            .describedBy(matching("\\.[a-z]+$")),
        "a table of files, such as { 502 = \"pages/502.html\" }");
  }

  private static Optional<Integer> errorStatus(String text) {
    return ERROR_STATUS.matcher(text).matches()
        ? Optional.of(Integer.valueOf(text))
        : Optional.empty();
  }

  /** Statuses that a client takes for errors. */
  public static ListCodec<Integer> errorStatuses() {
    return new ListCodec<>(
        Scalars.between(LEAST_ERROR, MOST_ERROR),
        "an array of statuses from 400 to 599, such as [502, 503, 504]");
  }

  /** Whether clients are told to come back by TLS. */
  public static ScalarCodec<Boolean> redirect() {
    return Scalars.ofString(
            "\"https\" or \"\"",
            text ->
                text.isEmpty() || text.equals(HTTPS)
                    ? Optional.of(!text.isEmpty())
                    : Optional.empty(),
            redirects -> redirects ? HTTPS : "")
        .describedBy(Schemas.oneOf(List.of(HTTPS, "")));
  }

  /** The name of a cookie, or nothing. */
  public static ScalarCodec<String> cookieName() {
    return Scalars.text(
        "\"\", or a name of letters, digits and signs such as - and _, such as \"lb\"",
        name -> name.isEmpty() || isToken(name));
  }

  /** What is spoken with backends. */
  public static ScalarCodec<HttpVersion> version() {
    List<String> labels = Stream.of(HttpVersion.values()).map(HttpVersion::label).toList();
    return Scalars.ofString(
            "one of " + String.join(", ", labels), HttpVersion::of, HttpVersion::label)
        .describedBy(Schemas.oneOf(labels));
  }

  /** One of these words, as they are written. */
  public static ScalarCodec<String> word(List<String> words) {
    return Scalars.text("one of " + String.join(", ", words), words::contains)
        .describedBy(Schemas.oneOf(words));
  }

  /** A secret, or nothing. Errors do not show it. */
  public static ScalarCodec<String> secret() {
    String expected =
        "\"\", or a secret of %d to %d characters".formatted(LEAST_SECRET, MOST_SECRET);
    return new ScalarCodec<>(
        expected,
        Schemas.text(),
        value -> Optional.of(value.toString()),
        secret -> secret,
        value ->
            value instanceof String text
                ? secretFault(text, expected)
                : Optional.of("expected " + expected));
  }

  private static Optional<String> secretFault(String text, String expected) {
    if (text.equals(HIDDEN_SECRET)) {
      return Optional.of("stands for a secret, which is shown nowhere; write the secret itself");
    }
    return isSecretOrEmpty(text) ? Optional.empty() : Optional.of("expected " + expected);
  }

  private static boolean isSecretOrEmpty(String text) {
    return text.isEmpty() || (text.length() >= LEAST_SECRET && text.length() <= MOST_SECRET);
  }

  private static JsonObject matching(String pattern) {
    return Schemas.text().put("pattern", pattern);
  }
}
