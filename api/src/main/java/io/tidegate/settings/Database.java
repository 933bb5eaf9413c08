package io.tidegate.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How to reach PostgreSQL. */
public record Database(String jdbcUrl, String user, String password) {
  private static final String JDBC = "jdbc:";
  private static final String[] NONE = {};

  /**
   * Accepts {@code jdbc:postgresql://...} and the {@code postgresql://user:password@host/db} that
   * other tools take; user and password given apart win.
   */
  static Database parse(String url, @Nullable String user, @Nullable String password) {
    String bare = url.startsWith(JDBC) ? url.substring(JDBC.length()) : url;
    URI uri = parse(bare);
    boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    String info = uri.getRawUserInfo();
    if (!known || (uri.getRawAuthority() == null && info == null)) {
      throw new SettingsException(
          "TIDEGATE_DATABASE_URL is not a PostgreSQL address: jdbc:postgresql://host:5432/name");
    }
    String authority = uri.getRawAuthority();
    if (info != null) {
      authority = authority.substring(info.length() + 1);
      int colon = info.indexOf(':');
      user = user != null ? user : decode(colon < 0 ? info : info.substring(0, colon));
      password = password != null || colon < 0 ? password : decode(info.substring(colon + 1));
    }
    List<String> rest = new ArrayList<>();
    for (String parameter : uri.getRawQuery() == null ? NONE : uri.getRawQuery().split("&")) {
      // The address itself is printed by drivers and pools, so it holds neither.
      if (parameter.startsWith("user=")) {
        user = user != null ? user : decode(parameter.substring("user=".length()));
      } else if (parameter.startsWith("password=")) {
        password = password != null ? password : decode(parameter.substring("password=".length()));
      } else {
        rest.add(parameter);
      }
    }
    if (user == null) {
      throw new SettingsException("TIDEGATE_DATABASE_USER is not set, and the URL names no user");
    }
    String query = rest.isEmpty() ? "" : "?" + String.join("&", rest);
    return new Database(
        JDBC + "postgresql://" + authority + uri.getRawPath() + query,
        user,
        password == null ? "" : password);
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new SettingsException("TIDEGATE_DATABASE_URL cannot be read as an address");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Database[" + jdbcUrl.replaceAll("\\?.*", "") + "]";
  }
}
