package io.tidegate.control;

import io.micronaut.http.HttpRequest;
import io.tidegate.account.SignedIn;
import io.tidegate.account.store.Invitation;
import io.tidegate.account.store.Link;
import io.tidegate.account.store.Member;
import io.tidegate.account.store.OpenSession;
import io.tidegate.account.store.Operator;
import io.tidegate.rest.SameOrigin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People as the contract shows them. */
final class PeopleViews {
  private PeopleViews() {}

  static Map<String, @Nullable Object> of(SignedIn session) {
    Map<String, @Nullable Object> account = new LinkedHashMap<>();
    account.put("id", session.account().value());
    account.put("email", session.email() == null ? null : session.email().text());
    account.put("name", session.name());
    account.put("operator", session.operator());
    account.put("hasPassword", session.hasPassword());
    account.put("secondFactor", session.secondFactor());
    List<Map<String, Object>> memberships =
        session.memberships().stream()
            .map(
                one ->
                    Map.<String, Object>of(
                        "tenantId",
                        one.tenant(),
                        "tenantName",
                        one.tenantName(),
                        "role",
                        one.role().wireName()))
            .toList();
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("account", account);
    view.put("memberships", memberships);
    view.put("createdAt", Times.text(session.createdAt()));
    view.put("idleExpiresAt", Times.text(session.idleExpiresAt()));
    view.put("expiresAt", Times.text(session.expiresAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(OpenSession session, SignedIn who) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", session.id());
    view.put("current", session.id().equals(who.session()));
    view.put("address", session.address());
    view.put("userAgent", session.userAgent());
    view.put("createdAt", Times.text(session.createdAt()));
    view.put("lastSeenAt", Times.text(session.lastSeenAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(Member member) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", member.id());
    view.put("tenantId", member.tenantId());
    view.put("email", member.email());
    view.put("name", member.name());
    view.put("role", member.role());
    view.put("status", member.isActive() ? "active" : "invited");
    view.put("createdAt", Times.text(member.createdAt()));
    view.put("lastSeenAt", Times.text(member.lastSeenAt()));
    view.put("invitationExpiresAt", Times.text(member.invitationExpiresAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(Operator operator) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("id", operator.id());
    view.put("email", operator.email());
    view.put("name", operator.name());
    view.put("status", operator.isActive() ? "active" : "invited");
    view.put("createdAt", Times.text(operator.createdAt()));
    view.put("lastSeenAt", Times.text(operator.lastSeenAt()));
    view.put("invitationExpiresAt", Times.text(operator.invitationExpiresAt()));
    return view;
  }

  static Map<String, @Nullable Object> of(Invitation invitation) {
    Map<String, @Nullable Object> view = new LinkedHashMap<>();
    view.put("email", invitation.email());
    view.put("tenantName", invitation.tenantName());
    view.put("role", invitation.role());
    view.put("invitedBy", invitation.invitedBy());
    view.put("accountExists", invitation.existing() != null);
    view.put("expiresAt", Times.text(invitation.expiresAt()));
    return view;
  }

  /** The secret is behind {@code #}: no browser sends that part anywhere. */
  static String url(HttpRequest<?> request, Link<?> link) {
    return SameOrigin.base(request) + "/console/invitation#invitation=" + link.text();
  }
}
