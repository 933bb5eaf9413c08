package io.tidegate.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;

/** The gateway's own figures, as its management port tells them in Prometheus' text format. */
public final class ServerMetrics {
  private final URI address;
  private final HttpClient http = HttpClient.newHttpClient();

  ServerMetrics(URI address) {
    this.address = address;
  }

  /** Every figure of now by its name with labels, such as {@code jvm_x{area="heap"}}. */
  public Map<String, Double> read() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).build();
      String text = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      Map<String, Double> figures = new HashMap<>();
      text.lines()
          .filter(line -> !line.startsWith("#") && line.contains(" "))
          .forEach(line -> put(figures, line));
      return figures;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void put(Map<String, Double> figures, String line) {
    int space = line.lastIndexOf(' ');
    figures.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
  }

  /** The sum of the figures whose name with labels begins so. */
  public static double sum(Map<String, Double> figures, String prefix) {
    return figures.entrySet().stream()
        .filter(one -> one.getKey().startsWith(prefix))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
