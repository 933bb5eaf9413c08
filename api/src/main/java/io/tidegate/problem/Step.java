package io.tidegate.problem;

/**
 * What is looked at before anything is carried out, in this order: the steps of every decision, and
 * what a refusal was decided by. Told to those who run an app, never to who was refused.
 */
public enum Step {
  REQUEST("request", "what was asked can be read"),
  CREDENTIAL("credential", "a credential is shown in a form there is"),
  APP("app", "the app is there"),
  KEY_KNOWN("key.known", "the key is one of this app"),
  KEY_SECRET("key.secret", "the secret is the key's own"),
  TOKEN_SIGNATURE("token.signature", "the key signed it"),
  KEY_REVOKED("key.revoked", "the key is not revoked"),
  KEY_EXPIRY("key.expiry", "the key has not expired"),
  TOKEN_AUDIENCE("token.audience", "aud is the app of the key"),
  TOKEN_LIFETIME("token.lifetime", "iat, exp and nbf are within bounds"),
  TOKEN_EXPIRY("token.expiry", "the token has not expired"),
  TOKEN_CLAIMS("token.claims", "sub, cap, jti and lim are in order"),
  TOKEN_REVOKED("token.revoked", "no revocation covers the token"),
  TICKET_TIME("ticket.time", "the ticket came in time"),
  TICKET_USE("ticket.use", "the ticket was not used before"),
  ATTEMPTS("address.attempts", "the address may show a credential"),
  ORIGINS("app.origins", "pages of the origin may use the app"),
  KIND("credential.kind", "the kind of credential may do this"),
  NAMESPACE_PUBLIC("namespace.public", "anyone may subscribe here"),
  KEY_CAPABILITIES("key.capabilities", "the key grants it"),
  TOKEN_CAPABILITIES("token.capabilities", "the token grants it"),
  CLIENT_PUBLISH("namespace.clientPublish", "who this is may publish here"),
  REQUIRE_CLIENT_ID("namespace.requireClientId", "the client may be without a name, or has one"),
  PRESENCE("namespace.presence", "there is presence here"),
  IDENTITY("client.identity", "the client acts in its own name"),
  MESSAGE_BYTES("namespace.maxMessageBytes", "the message is small enough for the namespace"),
  MEMBERS("namespace.maxMembers", "the namespace has room for one more"),
  LIMIT("limit", "it is within the limit"),
  HOOK_CONNECT("hook.connect", "the app's connect hook lets the client in"),
  HOOK_PUBLISH("hook.beforePublish", "the channel's before-publish hook lets the message pass"),
  CONNECTION("connection", "the connection is alive and keeps up"),
  STATE("state", "things stand as the request takes them to"),
  NODE("node", "the node and its stores can do it now");

  private final String wireName;
  private final String passing;

  Step(String wireName, String passing) {
    this.wireName = wireName;
    this.passing = passing;
  }

  public String wireName() {
    return wireName;
  }

  /** One sentence: why it goes on behind this step. */
  public String passing() {
    return passing;
  }

  /** What a row of the catalogue is about, where whoever refuses says nothing closer. */
  static Step of(Refusal refusal) {
    return switch (refusal) {
      case BAD_REQUEST, JSON_INVALID, FIELD_UNKNOWN, FIELD_INVALID, HEADER_INVALID -> REQUEST;
      case MESSAGE_ID_INVALID, CHANNEL_NAME_INVALID, MESSAGE_DATA_INVALID -> REQUEST;
      case PATTERN_INVALID, POSITION_INVALID, CURSOR_INVALID, FRAME_TYPE_UNKNOWN -> REQUEST;
      case FRAME_MALFORMED, TEXT_NOT_UTF8, BINARY_FRAME_REFUSED, FRAME_TOO_LARGE -> REQUEST;
      case NOT_FOUND, METHOD_NOT_ALLOWED, NOT_ACCEPTABLE, REQUEST_TIMEOUT -> REQUEST;
      case MESSAGE_UNFINISHED, BODY_TOO_LARGE, URI_TOO_LONG, HEADERS_TOO_LARGE -> REQUEST;
      case CONTENT_TYPE_UNSUPPORTED, UPGRADE_REQUIRED, WEBHOOK_TARGET_REFUSED -> REQUEST;
      case PASSWORD_UNSUITABLE -> REQUEST;
      case CREDENTIAL_MISSING, CREDENTIAL_INVALID, AUTH_TIMEOUT -> CREDENTIAL;
      case SIGN_IN_REFUSED, SECOND_FACTOR_NEEDED -> CREDENTIAL;
      case APP_DELETED -> APP;
      case KEY_REVOKED -> KEY_REVOKED;
      case KEY_EXPIRED -> KEY_EXPIRY;
      case TOKEN_REVOKED -> TOKEN_REVOKED;
      case TOKEN_EXPIRED -> TOKEN_EXPIRY;
      case TOKEN_INVALID -> TOKEN_CLAIMS;
      case TICKET_INVALID -> TICKET_TIME;
      case TICKET_SPENT -> TICKET_USE;
      case AUTH_ATTEMPTS_EXCEEDED, SIGN_IN_THROTTLED -> ATTEMPTS;
      case ORIGIN_REFUSED, NOT_FROM_CONSOLE -> ORIGINS;
      case ROLE_INSUFFICIENT, KEY_REQUIRED, TOKEN_REQUIRED -> KIND;
      case CAPABILITY_REFUSED -> KEY_CAPABILITIES;
      case CLIENT_PUBLISH_OFF -> CLIENT_PUBLISH;
      case CLIENT_ID_REQUIRED -> REQUIRE_CLIENT_ID;
      case PRESENCE_OFF -> PRESENCE;
      case CLIENT_ID_INVALID, IDENTITY_CHANGED -> IDENTITY;
      case MESSAGE_TOO_LARGE, BATCH_TOO_LARGE, REQUEST_RATE_EXCEEDED -> LIMIT;
      case CONNECTION_LIMIT_REACHED, CONNECT_RATE_EXCEEDED, CHANNEL_LIMIT_REACHED -> LIMIT;
      case SUBSCRIPTION_LIMIT_REACHED, STORAGE_LIMIT_REACHED, ADDRESS_LIMIT_REACHED -> LIMIT;
      case MEMBER_LIMIT_REACHED, PUBLISH_RATE_EXCEEDED, INBOUND_RATE_EXCEEDED -> LIMIT;
      case INBOUND_FLOOD, DELIVERY_RATE_EXCEEDED -> LIMIT;
      case HOOK_REFUSED, HOOK_UNAVAILABLE -> HOOK_PUBLISH;
      case DISCONNECTED, CONNECTION_SILENT, SUPERSEDED, SLOW_CONSUMER -> CONNECTION;
      case CONFLICT, MESSAGE_ID_REUSED, IDEMPOTENCY_KEY_REUSED, HAS_CHILDREN -> STATE;
      case ALREADY_SUBSCRIBED, IDEMPOTENCY_IN_PROGRESS, NOT_ENTERED, PRECONDITION_FAILED -> STATE;
      case DELIVERY_PENDING, LAST_OWNER, ALREADY_MEMBER -> STATE;
      case INTERNAL, OVERLOADED, DRAINING, DURABLE_UNAVAILABLE, STORE_UNAVAILABLE -> NODE;
      case RULES_UNKNOWN, PUBLISH_QUEUE_FULL, ACCEPT_RATE_EXCEEDED, SHED -> NODE;
      case OUTCOME_UNKNOWN, READ_TIMEOUT -> NODE;
    };
  }
}
