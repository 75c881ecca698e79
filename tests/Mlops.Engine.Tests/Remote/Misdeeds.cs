using System.IO.Compression;
using System.Text;

namespace Mlops.Engine.Tests.Remote;

/// <summary>What a cache server can do instead of what it should, in the words of the tests.</summary>
static class Misdeeds
{
    static readonly byte[] Page = Encoding.ASCII.GetBytes("<html><title>Welcome to the proxy</title></html>");

    /// <summary>Those that a client can only wait out.</summary>
    public static IReadOnlySet<string> Slow { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "says nothing", "stops in the middle", "drips", "drips its headers",
    };

    public static SortedDictionary<string, Func<Exchange, Task>> All { get; } = new(StringComparer.Ordinal)
    {
        ["hangs up"] = _ => Task.CompletedTask,
        ["speaks no HTTP"] = exchange => Raw(exchange, "220 mail.example.org ESMTP\r\n\r\n"),
        ["400"] = Status("400 Bad Request"),
        ["401"] = Status("401 Unauthorized"),
        ["403"] = Status("403 Forbidden"),
        ["404"] = Status("404 Not Found"),
        ["405"] = Status("405 Method Not Allowed"),
        ["413"] = Status("413 Content Too Large"),
        ["429"] = Status("429 Too Many Requests"),
        ["500"] = Status("500 Internal Server Error"),
        ["503"] = Status("503 Service Unavailable"),
        ["999"] = Status("999 What"),
        ["204"] = exchange => Raw(exchange, "HTTP/1.1 204 No Content\r\n\r\n"),
        ["206"] = exchange =>
            exchange.Answer("206 Partial Content", Right(exchange)[..(Right(exchange).Length / 2)]),
        ["nothing"] = exchange => exchange.Answer("200 OK", []),
        ["a page"] = exchange => exchange.Answer("200 OK", Page, "Content-Type: text/html\r\n"),
        ["cut off"] = exchange =>
            exchange.Answer("200 OK", Right(exchange)[..^1], length: Right(exchange).Length),
        ["a byte less"] = exchange => exchange.Answer("200 OK", Right(exchange)[..^1]),
        ["a byte more"] = exchange => exchange.Answer("200 OK", [.. Right(exchange), 0]),
        ["a flipped bit"] = exchange =>
            exchange.Answer("200 OK", [.. Right(exchange)[..^1], (byte)(Right(exchange)[^1] ^ 1)]),
        ["noise"] = exchange =>
            exchange.Answer("200 OK", [.. Right(exchange).Select((_, index) => (byte)(index * 37 + 11))]),
        ["another entry"] = exchange => exchange.Answer("200 OK", Other(exchange)),
        ["compressed"] = exchange =>
            exchange.Answer("200 OK", Compressed(Right(exchange)), "Content-Encoding: gzip\r\n"),
        ["without end"] = Endless,
        ["a wrong length"] = exchange => exchange.Answer("200 OK", Right(exchange), length: long.MaxValue),
        ["two lengths"] = exchange => exchange.Answer(
            "200 OK", Right(exchange),
            FormattableString.Invariant($"Content-Length: {Right(exchange).Length}\r\n"), length: 3),
        ["huge headers"] = exchange =>
            exchange.Answer("200 OK", Right(exchange), $"X: {new string('x', 200_000)}\r\n"),
        ["round and round"] = exchange =>
            exchange.Answer("307 Temporary Redirect", [], $"Location: {exchange.Request.Path}\r\n"),
        ["sends us nowhere"] = Status("307 Temporary Redirect"),
        ["sends us to a file"] = exchange =>
            exchange.Answer("308 Permanent Redirect", [], "Location: file:///etc/passwd\r\n"),
        ["sends us to nonsense"] = exchange => exchange.Answer("302 Found", [], "Location: http://[\r\n"),
        ["says nothing"] = exchange => Task.Delay(Timeout.Infinite, exchange.Stop),
        ["stops in the middle"] = async exchange =>
        {
            await exchange.Answer("200 OK", Right(exchange)[..1], length: Right(exchange).Length);
            await exchange.Stream.FlushAsync(exchange.Stop);
            await Task.Delay(Timeout.Infinite, exchange.Stop);
        },
        ["drips"] = exchange => Drip(exchange, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"),
        ["drips its headers"] = exchange => Drip(exchange, "HTTP/1.1 200 OK\r\nX: "),
    };

    /// <summary>In seconds: as long as it takes, unless there is nothing but to wait.</summary>
    public static double Patience(string misdeed) => Slow.Contains(misdeed) ? 0.4 : 20;

    public static TheoryData<string, RequestKind> At(params RequestKind[] kinds)
    {
        var all = new TheoryData<string, RequestKind>();
        foreach (var name in All.Keys)
            foreach (var kind in kinds)
                all.Add(name, kind);
        return all;
    }

    static Func<Exchange, Task> Status(string status) => exchange => exchange.Answer(status, []);

    static byte[] Right(Exchange exchange) => exchange.Content is { Length: > 0 } content ? content : [1];

    /// <summary>What stands under another name of the same kind.</summary>
    static byte[] Other(Exchange exchange)
    {
        var folder = exchange.Request.Path[..(exchange.Request.Path.LastIndexOf('/') + 1)];
        return exchange.Server.Entries.Where(entry =>
            entry.Key.StartsWith(folder, StringComparison.Ordinal) && entry.Key != exchange.Request.Path)
            .OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Value).FirstOrDefault([9]);
    }

    static Task Raw(Exchange exchange, string text) =>
        exchange.Stream.WriteAsync(Encoding.ASCII.GetBytes(text), exchange.Stop).AsTask();

    static byte[] Compressed(byte[] content)
    {
        var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);
        return compressed.ToArray();
    }

    static async Task Endless(Exchange exchange)
    {
        await Raw(exchange, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('x', 0x10000) + "\r\n");
        while (!exchange.Stop.IsCancellationRequested)
            await exchange.Stream.WriteAsync(chunk, exchange.Stop);
    }

    static async Task Drip(Exchange exchange, string head)
    {
        await Raw(exchange, head);
        while (!exchange.Stop.IsCancellationRequested)
        {
            await exchange.Stream.WriteAsync("x"u8.ToArray(), exchange.Stop);
            await exchange.Stream.FlushAsync(exchange.Stop);
            await Task.Delay(20, exchange.Stop);
        }
    }
}
