package io.tidegate.store;

import io.tidegate.frame.EncodedMessage;
import java.util.ArrayList;
import java.util.List;

/** Parts of lists of messages, which are in the order of their seqs and may have holes. */
final class Runs {
  private Runs() {}

  static List<EncodedMessage> longer(List<EncodedMessage> run, List<EncodedMessage> more) {
    if (run.isEmpty() || more.isEmpty()) {
      return run.isEmpty() ? more : run;
    }
    List<EncodedMessage> both = new ArrayList<>(run.size() + more.size());
    both.addAll(run);
    both.addAll(more);
    return both;
  }

  static List<EncodedMessage> upTo(long last, List<EncodedMessage> messages) {
    int size = messages.size();
    while (size > 0 && messages.get(size - 1).seq() > last) {
      size--;
    }
    return messages.subList(0, size);
  }

  static List<EncodedMessage> from(long from, List<EncodedMessage> messages) {
    int skip = 0;
    while (skip < messages.size() && messages.get(skip).seq() < from) {
      skip++;
    }
    return messages.subList(skip, messages.size());
  }

  /** From there to the first hole. */
  static List<EncodedMessage> unbroken(long from, List<EncodedMessage> messages) {
    List<EncodedMessage> found = from(from, messages);
    int size = Math.min(1, found.size());
    while (size < found.size() && found.get(size).seq() == found.get(size - 1).seq() + 1) {
      size++;
    }
    return found.subList(0, size);
  }
}
