package io.tidegate.control;

import io.tidegate.account.Email;
import io.tidegate.json.Fields;
import io.tidegate.tenant.Role;
import org.jspecify.annotations.Nullable;

/** The parts of request bodies about people, bounds as in the contract. */
final class PeopleBodies {
  private static final int MAX_PASSWORD = 256;
  private static final int MAX_ONE_TIME = 256;
  private static final int MAX_CODE = 64;

  private PeopleBodies() {}

  static @Nullable Email email(Fields fields) {
    return fields.value("email", Email::new);
  }

  static @Nullable String password(Fields fields, String name) {
    return fields.text(name, 1, MAX_PASSWORD);
  }

  static @Nullable String code(Fields fields) {
    return fields.text("code", 1, MAX_CODE);
  }

  static @Nullable String oneTime(Fields fields, String name) {
    return fields.text(name, 1, MAX_ONE_TIME);
  }

  /** A role that a member may have. */
  static Role role(Fields fields) {
    Role role = fields.oneOf("role", Role.class, Role::wireName, Role.VIEWER);
    if (role == Role.OPERATOR) {
      fields.fault("role", "must be one of viewer, developer, admin, owner");
    }
    return role;
  }

  /** What {@link Fields#check} has let through is there. */
  static <T> T there(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a fault was told");
    }
    return value;
  }
}
