package io.tidegate.e2e.contract;

import io.tidegate.account.AccountId;
import io.tidegate.account.Email;
import io.tidegate.account.store.Account;
import io.tidegate.account.store.JdbcAccounts;
import io.tidegate.account.store.JdbcLinks;
import io.tidegate.account.store.JdbcMembers;
import io.tidegate.account.store.JdbcSecondFactors;
import io.tidegate.account.store.JdbcSessions;
import io.tidegate.channel.TenantId;
import io.tidegate.contract.Route;
import io.tidegate.e2e.rest.Credential;
import io.tidegate.postgres.TestPostgres;
import io.tidegate.postgres.TestServer;
import io.tidegate.problem.RefusedException;
import io.tidegate.signin.Passwords;
import io.tidegate.signin.TestCodes;
import io.tidegate.tenant.Caller;
import io.tidegate.tenant.Role;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * People as the contract's examples take them for granted. Each who signs in is somebody new, since
 * what is asked may end a session or change a password.
 */
final class People {
  private static final String PASSWORD = "a long walk by the sea";
  private static final String EMAIL = "ada@acme.example";
  private static final String ONCE = "EXAMPLE-SHOWN-ONCE";
  private static final String CODE = "492039";

  /** Of the letters "12345678901234567890", and as it is typed. */
  private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

  private final Beans beans;
  private final String database;
  private final String passwordHash;

  /** What only a test in this JVM may see. */
  interface Beans {
    <T> T bean(Class<T> type);
  }

  /** Somebody with a session. */
  record Person(AccountId account, Email email, UUID session, Credential credential) {}

  People(Beans beans, String database) {
    this.beans = beans;
    this.database = database;
    this.passwordHash = beans.bean(Passwords.class).hash(PASSWORD);
    if (beans.bean(JdbcAccounts.class).find(new Email(EMAIL)).isEmpty()) {
      insert(AccountId.create(), new Email(EMAIL), false);
    }
  }

  Person operator() {
    return signedIn(true);
  }

  /** Of no tenant, and no operator. */
  Person nobody() {
    return signedIn(false);
  }

  private Person signedIn(boolean operator) {
    AccountId id = AccountId.create();
    Email email = new Email("p" + id + "@acme.example");
    insert(id, email, operator);
    Account account = beans.bean(JdbcAccounts.class).find(id).orElseThrow();
    JdbcSessions.Opened opened =
        beans
            .bean(JdbcSessions.class)
            .open(account, "password", new JdbcSessions.Visit("127.0.0.1", null, null, null));
    return new Person(id, email, opened.session().session(), Credential.session(opened.text()));
  }

  /** The body with what is good once, and now, in place of what stands for it in examples. */
  String fitted(Route route, String body, Person who, String tenant, String app) {
    return switch (route.operationId()) {
      case "signIn" ->
          body.contains(ONCE) ? body.replace(ONCE, beans.bean(JdbcLinks.class).make()) : body;
      case "openInvitation", "acceptInvitation" ->
          body.contains(ONCE) ? body.replace(ONCE, invitation(body, who, tenant)) : body;
      case "confirmSecondFactor" -> {
        begin(who);
        yield body.replace(CODE, TestCodes.code(SECRET, 0));
      }
      case "removeSecondFactor" -> {
        begin(who);
        beans
            .bean(JdbcSecondFactors.class)
            .confirm(Caller.SYSTEM, who.account(), who.session(), 1, List.of(CODE));
        yield body;
      }
      case "createAppToken" -> body.replace("482913", app);
      default -> body;
    };
  }

  private void begin(Person who) {
    beans.bean(JdbcSecondFactors.class).begin(who.account(), TestCodes.decode(SECRET));
  }

  /** To somebody new; or to who is signed in, unless they are invited already. */
  private String invitation(String body, Person who, String tenant) {
    Email newcomer = new Email("n" + UUID.randomUUID() + "@acme.example");
    if (body.contains("password")) {
      return invitation(newcomer, tenant);
    }
    try {
      return invitation(who.email(), tenant);
    } catch (RefusedException invited) {
      return invitation(newcomer, tenant);
    }
  }

  private String invitation(Email email, String tenant) {
    return beans
        .bean(JdbcMembers.class)
        .invite(Caller.SYSTEM, new TenantId(UUID.fromString(tenant)), email, Role.VIEWER)
        .text();
  }

  private void insert(AccountId id, Email email, boolean operator) {
    TestServer server = TestPostgres.server();
    try (Connection connection =
        DriverManager.getConnection(server.url(database), server.user(), server.password())) {
      try (PreparedStatement account =
          connection.prepareStatement(
              "INSERT INTO accounts (id, email, email_key, name, password_hash)"
                  + " VALUES (?, ?, ?, 'Ada', ?)")) {
        account.setObject(1, id.value());
        account.setString(2, email.text());
        account.setString(3, email.key());
        account.setString(4, passwordHash);
        account.executeUpdate();
      }
      if (operator) {
        try (PreparedStatement row =
            connection.prepareStatement(
                "INSERT INTO operators (id, account_id) VALUES (gen_random_uuid(), ?)")) {
          row.setObject(1, id.value());
          row.executeUpdate();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
