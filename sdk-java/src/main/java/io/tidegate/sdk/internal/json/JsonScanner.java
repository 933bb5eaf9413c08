package io.tidegate.sdk.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The words of JSON, one after the other: strings, numbers, literals and signs (RFC 8259, without
 * its freedoms). What they make together is {@link JsonReader}'s. For one thread.
 */
final class JsonScanner {
  /**
   * Longer numbers are refused: reading them takes time that grows with the square of their length.
   */
  static final int MAX_NUMBER = 1_000;

  private final String text;
  private int at;

  JsonScanner(String text) {
    this.text = text;
  }

  /** Where it stands. */
  int offset() {
    return at;
  }

  /** What was passed since then. */
  String since(int offset) {
    return text.substring(offset, at);
  }

  /** The next sign that is no whitespace, not passed. */
  char peek() {
    space();
    if (at >= text.length()) {
      throw fail("unexpected end");
    }
    return text.charAt(at);
  }

  /** Passes the sign that was peeked at. */
  void pass() {
    at++;
  }

  /** Passes this sign and the whitespace before it. */
  void expect(char c) {
    space();
    if (at >= text.length() || text.charAt(at) != c) {
      throw fail("expected " + c);
    }
    at++;
  }

  /** Nothing but whitespace may follow. */
  void end() {
    space();
    if (at < text.length()) {
      throw fail("more than one value");
    }
  }

  /** Passes {@code true}, {@code false} or {@code null}. */
  void literal(String word) {
    space();
    if (!text.startsWith(word, at)) {
      throw fail("not a value");
    }
    at += word.length();
  }

  /** A string. */
  String string() {
    int start = openQuote();
    boolean plain = passPlain();
    if (at < text.length() && text.charAt(at) == '"') {
      String all = text.substring(start, at++);
      return plain ? all : Surrogates.checked(all, start);
    }
    StringBuilder built = new StringBuilder(at - start + 16).append(text, start, at);
    while (!closeQuote()) {
      built.append(escape());
      int from = at;
      passPlain();
      built.append(text, from, at);
    }
    return Surrogates.checked(built.toString(), start);
  }

  /** Passes a string, checked all the same. */
  void passString() {
    int start = openQuote();
    boolean plain = passPlain();
    if (plain && at < text.length() && text.charAt(at) == '"') {
      at++;
      return;
    }
    at = start - 1;
    string();
  }

  private int openQuote() {
    if (peek() != '"') {
      throw fail("expected a string");
    }
    return ++at;
  }

  /** True when it was passed; otherwise an escape begins, its backslash passed. */
  private boolean closeQuote() {
    if (at >= text.length()) {
      throw fail("unterminated string");
    }
    char c = text.charAt(at);
    if (c != '"' && c != '\\') {
      throw fail("control character in a string");
    }
    at++;
    return c == '"';
  }

  /**
   * Passes what stands for itself. False when halves of surrogate pairs may be among it, which are
   * to be looked at then.
   */
  private boolean passPlain() {
    int i = at;
    int bits = 0;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < 0x20) {
        break;
      }
      bits |= c;
    }
    at = i;
    return bits < Character.MIN_SURROGATE;
  }

  private char escape() {
    if (at >= text.length()) {
      throw fail("unterminated string");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw fail("unknown escape");
    };
  }

  private char unicode() {
    if (at + 4 > text.length()) {
      throw fail("unfinished escape");
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char c = text.charAt(at++);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw fail("unfinished escape");
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  /**
   * {@link Long}, {@link BigInteger} beyond it, or {@link BigDecimal} where a fraction or exponent
   * stands.
   */
  Number number() {
    peek();
    int start = at;
    boolean whole = passNumber();
    String digits = since(start);
    if (!whole) {
      try {
        return new BigDecimal(digits);
      } catch (NumberFormatException e) {
        throw fail("exponent out of range");
      }
    }
    if (digits.length() <= 18) {
      return Long.parseLong(digits);
    }
    BigInteger big = new BigInteger(digits);
    return big.bitLength() < Long.SIZE ? (Number) big.longValueExact() : big;
  }

  /** Passes a number; true when it is whole. */
  boolean passNumber() {
    int start = at;
    if (is('-')) {
      at++;
    }
    if (is('0')) {
      at++;
    } else {
      digits();
    }
    boolean whole = true;
    if (is('.')) {
      at++;
      digits();
      whole = false;
    }
    if (is('e') || is('E')) {
      at++;
      if (is('+') || is('-')) {
        at++;
      }
      digits();
      whole = false;
    }
    if (at - start > MAX_NUMBER) {
      throw fail("a number of more than " + MAX_NUMBER + " signs");
    }
    return whole;
  }

  private boolean is(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw fail("not a value");
    }
  }

  private void space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  JsonException fail(String message) {
    return JsonException.at(at, message);
  }
}
