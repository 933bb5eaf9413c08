package io.tidegate.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One section of a PEM file (RFC 7468).
 *
 * @param label what it says to be, such as {@code CERTIFICATE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pem(String label, byte[] der) {
  private static final Pattern SECTION =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /**
   * All sections; text around them is for people.
   *
   * @throws IllegalArgumentException when a section is not base64
   */
  static List<Pem> read(byte[] file) {
    List<Pem> sections = new ArrayList<>();
    Matcher matcher = SECTION.matcher(new String(file, StandardCharsets.ISO_8859_1));
    while (matcher.find()) {
      String base64 = matcher.group(2);
      // Old tools write headers, "Proc-Type: 4,ENCRYPTED", before the body.
      String label = base64.indexOf(':') < 0 ? matcher.group(1) : "ENCRYPTED " + matcher.group(1);
      sections.add(
          new Pem(
              label,
              base64.indexOf(':') < 0
                  ? Base64.getDecoder().decode(base64.replaceAll("\\s", ""))
                  : new byte[0]));
    }
    return sections;
  }
}
