package io.tidegate.tenant;

import org.jspecify.annotations.Nullable;

/**
 * Who did something, for the record.
 *
 * @param id a control token's or an account's id, or a key name; null for the operator token
 * @param name what people call it; null for the operator
 */
public record Actor(Kind kind, @Nullable String id, @Nullable String name) {
  public static final Actor OPERATOR = new Actor(Kind.OPERATOR, null, null);
  public static final Actor SYSTEM = new Actor(Kind.SYSTEM, null, null);

  /** What kind of principal. */
  public enum Kind {
    OPERATOR("operator"),
    CONTROL_TOKEN("controlToken"),
    ACCOUNT("account"),
    KEY("key"),
    SYSTEM("system");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }
}
