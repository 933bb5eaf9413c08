package io.tidegate.webhook.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsSection;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A name server on this machine that may tell another story each time it is asked. */
public final class DnsStub implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel channel;
  private final Function<Question, List<Entry>> story;
  private final Queue<Question> asked = new ConcurrentLinkedQueue<>();

  /** One of a resolver's questions. */
  public record Question(String name, DnsRecordType type) {}

  /** One record of an answer; it may be kept for no time at all. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Entry(DnsSection section, String name, DnsRecordType type, byte[] data) {
    /** An address, as four or sixteen bytes. */
    public static Entry address(String name, byte[] bytes) {
      DnsRecordType type = bytes.length == 4 ? DnsRecordType.A : DnsRecordType.AAAA;
      return new Entry(DnsSection.ANSWER, name, type, bytes);
    }
  }

  private DnsStub(Function<Question, List<Entry>> story) {
    this.story = story;
    channel =
        new Bootstrap()
            .group(loops)
            .channel(NioDatagramChannel.class)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline()
                        .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder())
                        .addLast(new Answers());
                  }
                })
            .bind("127.0.0.1", 0)
            .syncUninterruptibly()
            .channel();
  }

  /**
   * @param story what is answered, in order of asking
   */
  public static DnsStub telling(Function<Question, List<Entry>> story) {
    return new DnsStub(story);
  }

  /** The gateway's own resolver, asking here. */
  public DnsResolver resolver(EventLoop loop) {
    return new DnsResolver(
        loop,
        new SingletonDnsServerAddressStreamProvider((InetSocketAddress) channel.localAddress()));
  }

  /** What has been asked about addresses of IPv4, in order. */
  public List<Question> asked() {
    return asked.stream().filter(question -> question.type().equals(DnsRecordType.A)).toList();
  }

  private final class Answers extends SimpleChannelInboundHandler<DatagramDnsQuery> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramDnsQuery query) {
      DnsQuestion question = query.recordAt(DnsSection.QUESTION);
      Question heard = new Question(question.name(), question.type());
      asked.add(heard);
      DatagramDnsResponse response =
          new DatagramDnsResponse(query.recipient(), query.sender(), query.id());
      response.setRecursionAvailable(true);
      response.addRecord(
          DnsSection.QUESTION, new DefaultDnsQuestion(question.name(), question.type()));
      for (Entry each : story.apply(heard)) {
        response.addRecord(
            each.section(),
            new DefaultDnsRawRecord(
                each.name(),
                each.type(),
                DnsRecord.CLASS_IN,
                0,
                Unpooled.wrappedBuffer(each.data())));
      }
      ctx.writeAndFlush(response);
    }
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
