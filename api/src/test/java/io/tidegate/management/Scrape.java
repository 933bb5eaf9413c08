package io.tidegate.management;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One answer of {@code /metrics}, by series: name and labels as they are written. */
public record Scrape(Map<String, Double> series) {
  static Scrape of(int managementPort) {
    return of(URI.create("http://127.0.0.1:" + managementPort + "/metrics"));
  }

  public static Scrape of(URI uri) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Map<String, Double> series = new TreeMap<>();
      http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .forEach(
              line -> {
                int space = line.lastIndexOf(' ');
                series.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
              });
      return new Scrape(series);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The sum over all series of this name that hold the text among their labels. */
  public double sum(String name, String label) {
    return series.entrySet().stream()
        .filter(one -> one.getKey().equals(name) || one.getKey().startsWith(name + "{"))
        .filter(one -> one.getKey().contains(label))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  double sum(String name) {
    return sum(name, "");
  }

  /** Series names without labels. */
  Set<String> names() {
    return series.keySet().stream()
        .map(one -> one.replaceAll("\\{.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
