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

  static final int MAX_NUMBER = JsonScanner.MAX_NUMBER;

  private final JsonScanner in;
  private int depth;

  /** Right behind an opening bracket: no comma comes first. */
  private boolean fresh;

  public JsonReader(String text) {
    this.in = new JsonScanner(text);
  }

  /** What comes next, whitespace passed: one of {@code { [ " t f n} or the first sign of a number. */
  public char peek() {
    return in.peek();
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
    String name = in.string();
    in.expect(':');
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
    return in.string();
  }

  /** A string, or null for JSON's null. */
  public @Nullable String stringOrNull() {
    if (peek() == 'n') {
      nul();
      return null;
    }
    return string();
  }

  /** A whole number that fits. */
  public long integer() {
    if (in.number() instanceof Long whole) {
      return whole;
    }
    throw in.fail("expected a 64-bit integer");
  }

  /**
   * {@link Long}, {@link BigInteger} beyond it, or {@link BigDecimal} where a fraction or exponent
   * stands.
   */
  public Number number() {
    return in.number();
  }

  /** True or false. */
  public boolean bool() {
    boolean value = peek() == 't';
    in.literal(value ? "true" : "false");
    return value;
  }

  /** Null. */
  public void nul() {
    in.literal("null");
  }

  /** The next value's own text, checked. */
  public String raw() {
    peek();
    int start = in.offset();
    skip();
    return in.since(start);
  }

  /** Passes the next value, checked all the same. */
  public void skip() {
    switch (peek()) {
      case '{' -> {
        beginObject();
        while (more('{', '}')) {
          in.passString();
          in.expect(':');
          skip();
        }
      }
      case '[' -> {
        beginArray();
        while (nextItem()) {
          skip();
        }
      }
      case '"' -> in.passString();
      case 't', 'f' -> bool();
      case 'n' -> nul();
      default -> in.passNumber();
    }
  }

  /** Nothing but whitespace may follow. */
  public void end() {
    in.end();
  }

  private void enter(char open) {
    if (peek() != open) {
      throw in.fail("expected " + open);
    }
    if (++depth > MAX_DEPTH) {
      throw in.fail("deeper than " + MAX_DEPTH);
    }
    in.pass();
    fresh = true;
  }

  private boolean more(char open, char close) {
    char c = peek();
    boolean first = fresh;
    fresh = false;
    if (c == close) {
      in.pass();
      depth--;
      return false;
    }
    if (!first) {
      if (c != ',') {
        throw in.fail("expected , or " + close);
      }
      in.pass();
      if (peek() == close) {
        throw in.fail(", before " + close);
      }
    }
    if (open == '{' && peek() != '"') {
      throw in.fail("expected a name");
    }
    return true;
  }
}
