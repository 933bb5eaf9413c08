package io.tidegate.node;

import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** A short name of this process, new at every start; connection ids begin with it. */
@Singleton
final class NodeName {
  private static final int LENGTH = 6;
  private static final int RADIX = 36;

  private final String value;

  NodeName() {
    StringBuilder name = new StringBuilder(LENGTH);
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < LENGTH; i++) {
      name.append(Character.forDigit(random.nextInt(RADIX), RADIX));
    }
    value = name.toString();
  }

  String value() {
    return value;
  }
}
