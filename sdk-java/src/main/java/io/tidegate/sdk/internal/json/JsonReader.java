package io.tidegate.sdk.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Walks over one JSON text, value by value, without building what is not wanted: {@link #raw} gives
 * a value's own text, {@link #skip} passes it. For one thread.
 */
public final class JsonReader {
  /**
   * A deeper value is refused: reading is recursive, and the gateway takes no more than 32 either.
   */
  public static final int MAX_DEPTH = 64;

  /**
   * Longer numbers are refused: reading them takes time that grows with the square of their length.
   */
  static final int MAX_NUMBER = 1_000;

  private final String text;
  private int at;
  private int depth;

  public JsonReader(String text) {
    this.text = text;
  }

  /** What comes next, whitespace passed: one of {@code { [ " t f n} or the first sign of a number. */
  public char peek() {
    space();
    if (at >= text.length()) {
      throw fail("unexpected end");
    }
    return text.charAt(at);
  }

  /** Enters an object; {@link #nextName} follows. */
  public void beginObject() {
    enter('{');
  }

  /**
   * The next member's name, its value to be read next; null when the object ended, which leaves it.
   */
  public @Nullable String nextName() {
    if (!more('{', '}')) {
      return null;
    }
    String name = string();
    space();
    expect(':');
    return name;
  }

  /** Enters an array; {@link #nextItem} follows. */
  public void beginArray() {
    enter('[');
  }

  /** Whether a value follows; false when the array ended, which leaves it. */
  public boolean nextItem() {
    return more('[', ']');
  }

  /** A string. */
  public String string() {
    if (peek() != '"') {
      throw fail("expected a string");
    }
    int start = ++at;
    int end = plainEnd(start);
    if (end < text.length() && text.charAt(end) == '"') {
      at = end + 1;
      return Surrogates.checked(text.substring(start, end), start);
    }
    StringBuilder built = new StringBuilder(end - start + 16);
    while (true) {
      end = plainEnd(at);
      built.append(text, at, end);
      at = end;
      if (at >= text.length()) {
        throw fail("unterminated string");
      }
      char c = text.charAt(at);
      if (c == '"') {
        at++;
        return Surrogates.checked(built.toString(), start);
      }
      if (c != '\\') {
        throw fail("control character in a string");
      }
      at++;
      built.append(escape());
    }
  }

  /** A string, or null for JSON's null. */
  public @Nullable String stringOrNull() {
    if (peek() == 'n') {
      literal("null");
      return null;
    }
    return string();
  }

  /** A whole number that fits. */
  public long integer() {
    Object number = number();
    if (number instanceof Long whole) {
      return whole;
    }
    throw fail("expected a 64-bit integer");
  }

  /**
   * {@link Long}, {@link BigInteger} beyond it, or {@link BigDecimal} where a fraction or exponent
   * stands.
   */
  public Number number() {
    peek();
    int start = at;
    boolean whole = passNumber();
    String digits = text.substring(start, at);
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

  /** True or false. */
  public boolean bool() {
    boolean value = peek() == 't';
    literal(value ? "true" : "false");
    return value;
  }

  /** Null. */
  public void nul() {
    peek();
    literal("null");
  }

  /** The next value's own text, checked. */
  public String raw() {
    peek();
    int start = at;
    skip();
    return text.substring(start, at);
  }

  /** Passes the next value, checked all the same. */
  public void skip() {
    switch (peek()) {
      case '{' -> {
        beginObject();
        while (nextName() != null) {
          skip();
        }
      }
      case '[' -> {
        beginArray();
        while (nextItem()) {
          skip();
        }
      }
      case '"' -> string();
      case 't', 'f' -> bool();
      case 'n' -> nul();
      default -> passNumber();
    }
  }

  /** Nothing but whitespace may follow. */
  public void end() {
    space();
    if (at < text.length()) {
      throw fail("more than one value");
    }
  }

  private void enter(char open) {
    if (peek() != open) {
      throw fail("expected " + open);
    }
    if (++depth > MAX_DEPTH) {
      throw fail("deeper than " + MAX_DEPTH);
    }
    at++;
    fresh = true;
  }

  /** Right behind an opening bracket: no comma comes first. */
  private boolean fresh;

  private boolean more(char open, char close) {
    char c = peek();
    boolean first = fresh;
    fresh = false;
    if (c == close) {
      at++;
      depth--;
      return false;
    }
    if (!first) {
      if (c != ',') {
        throw fail("expected , or " + close);
      }
      at++;
      if (peek() == close) {
        throw fail(", before " + close);
      }
    }
    if (open == '{' && peek() != '"') {
      throw fail("expected a name");
    }
    return true;
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

  /** Where the run of characters that stand for themselves ends. */
  private int plainEnd(int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\' || c < 0x20) {
        break;
      }
      i++;
    }
    return i;
  }

  /** True when it is whole. */
  private boolean passNumber() {
    int start = at;
    if (at < text.length() && text.charAt(at) == '-') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '0') {
      at++;
    } else {
      digits();
    }
    boolean whole = true;
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      digits();
      whole = false;
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
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

  private void digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw fail("not a value");
    }
  }

  private void literal(String word) {
    if (!text.startsWith(word, at)) {
      throw fail("not a value");
    }
    at += word.length();
  }

  private void expect(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw fail("expected " + c);
    }
    at++;
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

  private JsonException fail(String message) {
    return JsonException.at(at, message);
  }
}
