package io.tidegate.publish;

import io.tidegate.auth.AppPrincipal;
import io.tidegate.auth.Rights;
import io.tidegate.auth.TokenLimits;
import io.tidegate.channel.AppId;
import io.tidegate.channel.Capabilities;
import io.tidegate.channel.ChannelPattern;
import io.tidegate.channel.KeyName;
import io.tidegate.channel.Operation;
import io.tidegate.channel.TenantId;
import java.util.EnumSet;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Principals of one app, as the authenticator would make them. */
public final class Principals {
  public static final TenantId TENANT = new TenantId(new UUID(0x0190_0000_0000_7000L, 7));
  public static final AppId APP = new AppId("482913");
  public static final KeyName KEY = new KeyName(APP, "k1");

  private Principals() {}

  /** A key that may do everything everywhere. */
  public static AppPrincipal key() {
    return key("*", Operation.values());
  }

  public static AppPrincipal key(String pattern, Operation... operations) {
    Capabilities capabilities = capabilities(pattern, operations);
    return new AppPrincipal(
        TENANT, APP, KEY, null, new Rights(capabilities, capabilities), null, 0, Long.MAX_VALUE);
  }

  /** A token that may do everywhere what tokens may. */
  public static AppPrincipal token(@Nullable String clientId) {
    return token(clientId, TokenLimits.NONE);
  }

  public static AppPrincipal token(@Nullable String clientId, TokenLimits limits) {
    Capabilities own =
        capabilities(
            "*", Operation.PUBLISH, Operation.SUBSCRIBE, Operation.PRESENCE, Operation.HISTORY);
    Rights rights = new Rights(own, capabilities("*", Operation.values()));
    return new AppPrincipal(
        TENANT, APP, KEY, clientId, rights, "jti-1", 1_000, Long.MAX_VALUE, limits);
  }

  private static Capabilities capabilities(String pattern, Operation... operations) {
    EnumSet<Operation> set = EnumSet.noneOf(Operation.class);
    set.addAll(java.util.List.of(operations));
    return new Capabilities(Map.of(new ChannelPattern(pattern), set));
  }
}
