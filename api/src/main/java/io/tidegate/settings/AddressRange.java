package io.tidegate.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with the same beginning, such as {@code 10.0.0.0/8} or {@code fd00::/8} (CIDR notation,
 * RFC 4632 and RFC 4291, section 2.3); a lone address is a range of one.
 */
public final class AddressRange {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** A list of ranges, separated by commas or spaces. */
  static List<AddressRange> list(Variables variables, String name) {
    String value = variables.get(name);
    if (value == null) {
      return List.of();
    }
    return Arrays.stream(value.split("[,\\s]+", -1))
        .filter(text -> !text.isEmpty())
        .map(text -> parse(name, text))
        .toList();
  }

  /**
   * @param name of the setting, for the message
   * @throws SettingsException with one line when it is none
   */
  public static AddressRange parse(String name, String text) {
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new SettingsException(name + ": " + text + " is not an address or CIDR range");
    }
    byte[] network = address.getAddress();
    int bits = network.length * Byte.SIZE;
    String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
    int prefix = PREFIX.matcher(length).matches() ? Integer.parseInt(length) : -1;
    if (prefix < 0 || prefix > bits) {
      throw new SettingsException(name + ": " + text + " has no prefix length from 0 to " + bits);
    }
    AddressRange range = new AddressRange(network, prefix);
    if (!range.endsInZeros()) {
      throw new SettingsException(
          name
              + ": "
              + text
              + " is not the beginning of its range: the bits behind /"
              + prefix
              + " are not zero");
    }
    return range;
  }

  /** An address in numbers, null for anything else: names are never resolved. */
  public static @Nullable InetAddress address(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }

  /** Whether the address lies in the range; one of IPv4 in IPv6 counts as IPv4. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      if (at(bytes, bit) != at(network, bit)) {
        return false;
      }
    }
    return true;
  }

  /** Whether every address of the other one lies in this one, too. */
  public boolean contains(AddressRange other) {
    return other.prefix >= prefix && contains(other.first());
  }

  /** Its lowest address. */
  public InetAddress first() {
    try {
      return InetAddress.getByAddress(network);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }

  private boolean endsInZeros() {
    for (int bit = prefix; bit < network.length * Byte.SIZE; bit++) {
      if (at(network, bit) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return first().getHostAddress() + "/" + prefix;
  }

  private static int at(byte[] bytes, int bit) {
    return bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1;
  }
}
