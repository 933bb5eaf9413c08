package io.tidegate.postgres;

import java.net.URI;

/** A PostgreSQL server for tests, and a superuser of it. */
public record TestServer(String host, int port, String user, String password) {
  private static final String DATABASE = "postgres";

  static TestServer of(EmbeddedPostgresServer server) {
    return new TestServer("127.0.0.1", server.port(), server.user(), server.password());
  }

  /**
   * @param url {@code postgresql://user:password@host:port}
   */
  static TestServer of(String url) {
    URI uri = URI.create(url);
    String[] user = uri.getUserInfo().split(":", 2);
    return new TestServer(uri.getHost(), uri.getPort(), user[0], user[1]);
  }

  public String jdbcUrl() {
    return url(DATABASE);
  }

  /** The address of one of its databases. */
  public String url(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }
}
