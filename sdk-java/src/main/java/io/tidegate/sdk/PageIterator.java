package io.tidegate.sdk;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the pages of one iteration; for one thread. */
final class PageIterator<T> implements Iterator<T> {
  private final Paged<T> pages;

  /** The next page's cursor; null before the first page, empty after the last. */
  private @Nullable Optional<String> next;

  private Iterator<T> items = List.<T>of().iterator();

  PageIterator(Paged<T> pages) {
    this.pages = pages;
  }

  @Override
  public boolean hasNext() {
    while (!items.hasNext()) {
      if (next != null && next.isEmpty()) {
        return false;
      }
      Page<T> page = next == null ? pages.page() : pages.page(next.get());
      items = page.items().iterator();
      next = page.next();
    }
    return true;
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return items.next();
  }
}
