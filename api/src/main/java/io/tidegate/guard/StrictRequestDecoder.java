package io.tidegate.guard;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.tidegate.problem.Refusal;
import io.tidegate.problem.RefusedException;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decoder without its leniences: a request that two readers could understand in two ways
 * (RFC 9112, section 11.2) leaves here as one that could not be decoded.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  private static final int MAX_LINE_BYTES = 8192;
  private static final int MAX_HEADER_BYTES = 8192;

  private final Queue<HttpMethod> asked;
  private final Pace pace;
  private final HeadLines lines = new HeadLines();
  private boolean inHead = true;
  private boolean refused;

  /**
   * @param asked takes the method of every request, for the encoder of the answers
   */
  StrictRequestDecoder(Queue<HttpMethod> asked, Pace pace) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setStrictLineParsing(true));
    this.asked = asked;
    this.pace = pace;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (refused) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (inHead) {
      pace.head();
      RefusedException reason = lines.look(in);
      if (reason != null) {
        refused = true;
        in.skipBytes(in.readableBytes());
        out.add(unreadable(reason));
        return;
      }
    }
    int from = out.size();
    super.decode(ctx, in, out);
    for (Object decoded : out.subList(from, out.size())) {
      if (decoded instanceof HttpRequest request) {
        inHead = false;
        asked.add(request.method());
        pace.body();
      }
      if (decoded instanceof LastHttpContent) {
        inHead = true;
        pace.between();
      }
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    super.channelReadComplete(ctx);
    pace.settle();
  }

  /** Netty would drop the length and go on. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new RefusedException(
        Refusal.BAD_REQUEST, "a body has Content-Length or Transfer-Encoding, not both");
  }

  private static HttpRequest unreadable(RefusedException reason) {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
    request.setDecoderResult(DecoderResult.failure(reason));
    return request;
  }

  /** The reason that a decoder gives for an object it could not decode; null when it could. */
  static @Nullable Throwable failure(io.netty.handler.codec.http.HttpObject decoded) {
    return decoded.decoderResult().isFailure() ? decoded.decoderResult().cause() : null;
  }
}
