package io.tidegate.webhook.send;

import io.tidegate.settings.AddressRange;
import io.tidegate.settings.HostName;
import io.tidegate.settings.SettingsException;
import io.tidegate.settings.WebhookAllow;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Decides which targets are called (OWASP API7:2023). Public addresses over https are; private
 * ones, and http, only where {@link WebhookAllow} names the address or the host; what is reserved
 * for other purposes never.
 */
public final class Guard {
  private static final HostName LOCALHOST = new HostName("localhost");
  private static final List<AddressRange> LOOPBACKS =
      List.of(AddressRange.parse("loopback", "127.0.0.0/8"), AddressRange.parse("loopback", "::1"));

  private final WebhookAllow allow;

  public Guard(WebhookAllow allow) {
    check(allow);
    this.allow = allow;
  }

  /**
   * Whether what is named can be opened at all; for before anything is started.
   *
   * @throws SettingsException with one line when it cannot
   */
  public static void check(WebhookAllow allow) {
    for (AddressRange range : allow.ranges()) {
      Optional<Reserved> around = Reserved.around(range).filter(each -> !each.nameable());
      if (around.isPresent()) {
        throw new SettingsException(
            "TIDEGATE_WEBHOOK_ALLOW: " + range + " is never called: " + around.get().what());
      }
    }
  }

  /** Whether webhooks may reach the machine that the gateway runs on. */
  public boolean opensLoopback() {
    return allow.hosts().contains(LOCALHOST)
        || allow.ranges().stream()
            .anyMatch(range -> LOOPBACKS.stream().anyMatch(each -> touch(range, each)));
  }

  private static boolean touch(AddressRange one, AddressRange other) {
    return one.contains(other) || other.contains(one);
  }

  /**
   * What can be told before any name is looked up; for when a webhook is made.
   *
   * @throws ForbiddenTarget when it is not called
   */
  public void ensureMayBeNamed(Target target) throws ForbiddenTarget {
    switch (target.host()) {
      case Target.Host.Literal literal -> ensureMayBeCalled(target, List.of(literal.address()));
      case Target.Host.Named named -> {
        if (!target.secure() && !allow.hosts().contains(named.name()) && allow.ranges().isEmpty()) {
          throw noHttp();
        }
      }
    }
  }

  /**
   * Of a host with several addresses each one counts: which of them is used is not for its owner to
   * choose.
   *
   * @param addresses all that the target has, at least one
   * @throws ForbiddenTarget when one of them is not called
   */
  public void ensureMayBeCalled(Target target, List<InetAddress> addresses) throws ForbiddenTarget {
    boolean hostNamed =
        target.host() instanceof Target.Host.Named named && allow.hosts().contains(named.name());
    for (InetAddress address : addresses) {
      ensureMayBeCalled(target, address, hostNamed || allow.names(address));
    }
  }

  private static void ensureMayBeCalled(Target target, InetAddress address, boolean opened)
      throws ForbiddenTarget {
    Optional<Reserved> reserved = Reserved.of(address);
    if (reserved.isPresent() && !reserved.get().nameable()) {
      throw new ForbiddenTarget(
          Barrier.ADDRESS_RESERVED,
          "the host has an address that is never called: " + reserved.get().what());
    }
    if (reserved.isPresent() && !opened) {
      throw new ForbiddenTarget(
          Barrier.ADDRESS_PRIVATE,
          "the host has an address in a network that webhooks may not reach: "
              + reserved.get().what());
    }
    if (!target.secure() && !opened) {
      throw noHttp();
    }
  }

  private static ForbiddenTarget noHttp() {
    return new ForbiddenTarget(Barrier.SCHEME_REFUSED, "https:// is needed for this host");
  }
}
