package io.tidegate.problem;

import java.util.Locale;

/**
 * Every way the gateway says no: the rows of {@code docs/errors.md}, in order, nothing else. Any
 * interface that refuses picks a row; none makes up a number of its own.
 */
public enum Refusal {
  BAD_REQUEST(40000, 0, RetryAdvice.NO, "Bad request"),
  JSON_INVALID(40001, 0, RetryAdvice.NO, "Invalid JSON"),
  FIELD_UNKNOWN(40002, 0, RetryAdvice.NO, "Unknown field"),
  FIELD_INVALID(40003, 0, RetryAdvice.NO, "Invalid or missing field"),
  HEADER_INVALID(40004, 0, RetryAdvice.NO, "Invalid header"),
  MESSAGE_ID_INVALID(40007, 0, RetryAdvice.NO, "Invalid message id"),
  CHANNEL_NAME_INVALID(40010, 0, RetryAdvice.NO, "Invalid channel name"),
  CLIENT_ID_INVALID(40012, 0, RetryAdvice.NO, "Invalid clientId"),
  MESSAGE_DATA_INVALID(40013, 0, RetryAdvice.NO, "Data does not fit its encoding"),
  PASSWORD_UNSUITABLE(40014, 0, RetryAdvice.NO, "Password not taken"),
  PATTERN_INVALID(40050, 0, RetryAdvice.NO, "Invalid channel pattern"),
  POSITION_INVALID(40051, 0, RetryAdvice.NO, "Invalid position"),
  CURSOR_INVALID(40052, 0, RetryAdvice.NO, "Invalid cursor"),
  FRAME_TYPE_UNKNOWN(40053, 0, RetryAdvice.NO, "Unknown frame type"),
  WEBHOOK_TARGET_REFUSED(40054, 0, RetryAdvice.NO, "Webhook target not allowed"),
  FRAME_MALFORMED(40060, 1002, RetryAdvice.NO, "WebSocket protocol violated"),
  TEXT_NOT_UTF8(40061, 1007, RetryAdvice.NO, "Text is not UTF-8"),
  BINARY_FRAME_REFUSED(40062, 1003, RetryAdvice.NO, "Binary frames are not spoken here"),
  CREDENTIAL_MISSING(40100, 4001, RetryAdvice.NO, "No credential"),
  CREDENTIAL_INVALID(40101, 4002, RetryAdvice.NO, "Invalid credential"),
  IDENTITY_CHANGED(40102, 4003, RetryAdvice.NO, "Identity may not change"),
  APP_DELETED(40120, 4004, RetryAdvice.NO, "App deleted"),
  KEY_REVOKED(40131, 4005, RetryAdvice.NO, "Key revoked"),
  KEY_EXPIRED(40132, 4006, RetryAdvice.NO, "Key expired"),
  TOKEN_REVOKED(40141, 4007, RetryAdvice.NO, "Token revoked"),
  TOKEN_EXPIRED(40142, 4201, RetryAdvice.AT_ONCE, "Token expired"),
  TOKEN_INVALID(40144, 4008, RetryAdvice.NO, "Token not acceptable"),
  TICKET_INVALID(40146, 4101, RetryAdvice.LATER, "Ticket invalid or expired"),
  TICKET_SPENT(40147, 4102, RetryAdvice.LATER, "Ticket used already"),
  SIGN_IN_REFUSED(40150, 0, RetryAdvice.NO, "Sign-in refused"),
  SECOND_FACTOR_NEEDED(40151, 0, RetryAdvice.NO, "Second factor needed"),
  ROLE_INSUFFICIENT(40300, 0, RetryAdvice.NO, "Role too weak"),
  CAPABILITY_REFUSED(40301, 0, RetryAdvice.NO, "Capability refused"),
  CLIENT_ID_REQUIRED(40302, 0, RetryAdvice.NO, "A clientId is required"),
  KEY_REQUIRED(40303, 0, RetryAdvice.NO, "A key is required"),
  ORIGIN_REFUSED(40304, 4009, RetryAdvice.NO, "Origin not allowed"),
  CLIENT_PUBLISH_OFF(40305, 0, RetryAdvice.NO, "Clients may not publish here"),
  TOKEN_REQUIRED(40306, 0, RetryAdvice.NO, "A token is required"),
  DISCONNECTED(40307, 4010, RetryAdvice.NO, "Disconnected by the app"),
  PRESENCE_OFF(40308, 0, RetryAdvice.NO, "No presence here"),
  HOOK_REFUSED(40310, 4012, RetryAdvice.NO, "Refused by a hook"),
  NOT_FROM_CONSOLE(40311, 0, RetryAdvice.NO, "Not from the console"),
  NOT_FOUND(40400, 0, RetryAdvice.NO, "Not found"),
  METHOD_NOT_ALLOWED(40500, 0, RetryAdvice.NO, "Method not allowed"),
  NOT_ACCEPTABLE(40600, 0, RetryAdvice.NO, "Not acceptable"),
  REQUEST_TIMEOUT(40800, 0, RetryAdvice.LATER, "Request too slow"),
  AUTH_TIMEOUT(40801, 4103, RetryAdvice.LATER, "No auth in time"),
  CONNECTION_SILENT(40802, 4202, RetryAdvice.AT_ONCE, "Connection silent"),
  MESSAGE_UNFINISHED(40803, 4113, RetryAdvice.LATER, "Message not finished"),
  CONFLICT(40900, 0, RetryAdvice.LATER, "Conflict"),
  MESSAGE_ID_REUSED(40901, 0, RetryAdvice.NO, "Message id used for another message"),
  IDEMPOTENCY_KEY_REUSED(40902, 0, RetryAdvice.NO, "Idempotency-Key used for another request"),
  HAS_CHILDREN(40903, 0, RetryAdvice.NO, "Not empty"),
  ALREADY_SUBSCRIBED(40904, 0, RetryAdvice.NO, "Already subscribed"),
  IDEMPOTENCY_IN_PROGRESS(40905, 0, RetryAdvice.LATER, "Still at work on this Idempotency-Key"),
  SUPERSEDED(40906, 4011, RetryAdvice.NO, "Resumed elsewhere"),
  NOT_ENTERED(40907, 0, RetryAdvice.NO, "Not entered"),
  DELIVERY_PENDING(40908, 0, RetryAdvice.NO, "Delivery still pending"),
  LAST_OWNER(40909, 0, RetryAdvice.NO, "The last owner stays"),
  ALREADY_MEMBER(40910, 0, RetryAdvice.NO, "A member already"),
  PRECONDITION_FAILED(41200, 0, RetryAdvice.NO, "Changed meanwhile"),
  BODY_TOO_LARGE(41300, 0, RetryAdvice.NO, "Body too large"),
  MESSAGE_TOO_LARGE(41301, 0, RetryAdvice.NO, "Message too large"),
  BATCH_TOO_LARGE(41302, 0, RetryAdvice.NO, "Too many in one request"),
  FRAME_TOO_LARGE(41303, 1009, RetryAdvice.NO, "Frame too large"),
  URI_TOO_LONG(41400, 0, RetryAdvice.NO, "Address too long"),
  CONTENT_TYPE_UNSUPPORTED(41500, 0, RetryAdvice.NO, "Content type unsupported"),
  UPGRADE_REQUIRED(42600, 0, RetryAdvice.NO, "WebSocket upgrade required"),
  REQUEST_RATE_EXCEEDED(42900, 0, RetryAdvice.LATER, "Too many requests"),
  CONNECTION_LIMIT_REACHED(42901, 4104, RetryAdvice.LATER, "Too many connections"),
  CONNECT_RATE_EXCEEDED(42902, 4105, RetryAdvice.LATER, "Connecting too fast"),
  CHANNEL_LIMIT_REACHED(42903, 0, RetryAdvice.LATER, "Too many channels"),
  SUBSCRIPTION_LIMIT_REACHED(42904, 0, RetryAdvice.NO, "Too many subscriptions"),
  AUTH_ATTEMPTS_EXCEEDED(42905, 4110, RetryAdvice.LATER, "Too many failed authentications"),
  STORAGE_LIMIT_REACHED(42906, 0, RetryAdvice.LATER, "Storage full"),
  ADDRESS_LIMIT_REACHED(42907, 0, RetryAdvice.LATER, "Too many connections of one address"),
  MEMBER_LIMIT_REACHED(42908, 0, RetryAdvice.LATER, "Too many members"),
  SIGN_IN_THROTTLED(42909, 0, RetryAdvice.LATER, "Too many failed sign-ins"),
  PUBLISH_RATE_EXCEEDED(42910, 0, RetryAdvice.LATER, "Publishing too fast"),
  INBOUND_RATE_EXCEEDED(42911, 0, RetryAdvice.LATER, "Sending too fast"),
  INBOUND_FLOOD(42920, 4106, RetryAdvice.LATER, "Sending far too fast"),
  SLOW_CONSUMER(42930, 4108, RetryAdvice.LATER, "Reading too slowly"),
  DELIVERY_RATE_EXCEEDED(
      42931, 4111, RetryAdvice.LATER, "More deliveries than the tenant may have"),
  HEADERS_TOO_LARGE(43100, 0, RetryAdvice.NO, "Headers too large"),
  INTERNAL(50000, 4100, RetryAdvice.LATER, "Internal error"),
  OVERLOADED(50300, 4107, RetryAdvice.LATER, "Overloaded"),
  DRAINING(50301, 4200, RetryAdvice.AT_ONCE, "Node is going down"),
  DURABLE_UNAVAILABLE(50302, 0, RetryAdvice.LATER, "Durable class unavailable"),
  STORE_UNAVAILABLE(50303, 4109, RetryAdvice.LATER, "Store unavailable"),
  RULES_UNKNOWN(50304, 0, RetryAdvice.LATER, "Rules not known"),
  PUBLISH_QUEUE_FULL(50305, 0, RetryAdvice.LATER, "Publish queue full"),
  ACCEPT_RATE_EXCEEDED(50306, 4114, RetryAdvice.LATER, "The node is letting others in"),
  SHED(50307, 4112, RetryAdvice.LATER, "Shed to make room"),
  HOOK_UNAVAILABLE(50310, 4115, RetryAdvice.LATER, "Hook without an answer"),
  OUTCOME_UNKNOWN(50400, 0, RetryAdvice.SAME_ID, "Outcome unknown"),
  READ_TIMEOUT(50401, 0, RetryAdvice.LATER, "Read took too long");

  /** What a client may do with the same request after this refusal. */
  public enum RetryAdvice {
    /** Not without changing something. */
    NO,
    /** After the advised delay, else with backoff. */
    LATER,
    /** As soon as the row's advice is followed (fresh token, other node). */
    AT_ONCE,
    /** Again with the same message ids until an answer comes: it may have been carried out. */
    SAME_ID
  }

  private static final int FIRST_OWN_CODE = 4000;
  private static final int FIRST_BACK_OFF_CODE = 4100;

  private final int code;
  private final int closeCode;
  private final RetryAdvice retry;
  private final String title;
  private final String slug;

  Refusal(int code, int closeCode, RetryAdvice retry, String title) {
    this.code = code;
    this.closeCode = closeCode;
    this.retry = retry;
    this.title = title;
    this.slug = name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Five digits, the first three of them the HTTP status. */
  public int code() {
    return code;
  }

  public int httpStatus() {
    return code / 100;
  }

  /** The WebSocket close code, 0 when this refusal never ends a connection. */
  public int closeCode() {
    return closeCode;
  }

  public boolean closes() {
    return closeCode != 0;
  }

  /** Whether a client whose connection ends so is not to come back before something changes. */
  public boolean staysAway() {
    return closeCode >= FIRST_OWN_CODE && closeCode < FIRST_BACK_OFF_CODE;
  }

  public RetryAdvice retry() {
    return retry;
  }

  /** One line for people, the same for every occurrence; never holds anything of the request. */
  public String title() {
    return title;
  }

  /** Stable name, and the anchor of the row in {@code docs/errors.md}. */
  public String slug() {
    return slug;
  }

  /** The {@code type} of a problem document: a reference to the row, relative to the gateway. */
  public String type() {
    return "/docs/errors#" + slug;
  }
}
