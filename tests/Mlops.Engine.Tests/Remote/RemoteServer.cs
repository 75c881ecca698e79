using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mlops.Engine.Tests.Remote;

/// <summary>What a request is for.</summary>
public enum RequestKind
{
    GetEntry,
    GetTrace,
    GetArtifact,
    LookFor,
    PutBlob,
    PutEntry,
}

/// <param name="Headers">Names in lower case.</param>
sealed record SeenRequest(
    string Method, string Path, IReadOnlyDictionary<string, string> Headers, RequestKind Kind);

/// <summary>A request with its connection and what would be right to answer.</summary>
/// <param name="IsLast">Whether the server hangs up after the answer.</param>
sealed record Exchange(
    RemoteServer Server, SeenRequest Request, Stream Stream, bool IsLast, CancellationToken Stop)
{
    public byte[]? Content => Server.Entries.GetValueOrDefault(Request.Path);

    /// <summary>
    /// Answers with a status line, headers, and a body of which the headers may say something else.
    /// </summary>
    public async Task Answer(string status, byte[] body, string headers = "", long? length = null)
    {
        var head = string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Length: {length ?? body.Length}\r\n"
            + $"{(IsLast ? "Connection: close\r\n" : "")}{headers}\r\n");
        await Stream.WriteAsync(Encoding.ASCII.GetBytes(head), Stop);
        if (Request.Method != "HEAD")
            await Stream.WriteAsync(body, Stop);
    }
}

/// <summary>
/// A cache server in this process, on loopback, that can be told to misbehave in any way a socket allows.
/// </summary>
sealed class RemoteServer : IDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Task accepting;

    public RemoteServer()
    {
        listener.Start();
        accepting = Accept();
    }

    public Uri Url =>
        new(string.Create(CultureInfo.InvariantCulture,
            $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/store/"));

    /// <summary>By path, as <c>/store/cas/abcd…</c>.</summary>
    public ConcurrentDictionary<string, byte[]> Entries { get; } = new();

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    /// <summary>What to do instead of answering; null answers as it should.</summary>
    public Func<SeenRequest, Func<Exchange, Task>?> Misbehave { get; set; } = _ => null;

    /// <summary>Whether what is misdone to an upload is done before its body is read.</summary>
    public bool IsHasty { get; set; }

    /// <summary>The Authorization header that every request needs.</summary>
    public string? Authorization { get; set; }

    public IEnumerable<SeenRequest> Of(string method, string part) =>
        Requests.Where(request =>
            request.Method == method && request.Path.Contains(part, StringComparison.Ordinal));

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        accepting.ContinueWith(_ => { }, TaskScheduler.Default).GetAwaiter().GetResult();
    }

    async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            var client = await listener.AcceptTcpClientAsync(stop.Token);
            _ = Task.Run(() => Serve(client));
        }
    }

    async Task Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                var stream = new BufferedStream(client.GetStream());
                while (await ReadHead(stream) is { } request && await Answer(request, stream))
                {
                }
            }
        }
        catch (Exception gone)
            when (gone is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side hung up, or the test is over.
        }
    }

    /// <returns>Whether the connection goes on.</returns>
    async Task<bool> Answer(SeenRequest request, BufferedStream stream)
    {
        Requests.Enqueue(request);
        var misdeed = Misbehave(request);
        var exchange = new Exchange(this, request, stream, misdeed is not null, stop.Token);
        if (misdeed is not null && IsHasty)
        {
            await misdeed(exchange);
            await stream.FlushAsync(stop.Token);
            return false;
        }
        var body = await ReadBody(request, stream);
        if (misdeed is not null)
            await misdeed(exchange);
        else if (Authorization is { } needed && request.Headers.GetValueOrDefault("authorization") != needed)
            await exchange.Answer("401 Unauthorized", []);
        else if (request.Method == "PUT")
        {
            Entries[request.Path] = body;
            await exchange.Answer("201 Created", []);
        }
        else
            await exchange.Answer(
                exchange.Content is null ? "404 Not Found" : "200 OK", exchange.Content ?? []);
        await stream.FlushAsync(stop.Token);
        return misdeed is null;
    }

    async Task<byte[]> ReadBody(SeenRequest request, BufferedStream stream)
    {
        var length = int.Parse(
            request.Headers.GetValueOrDefault("content-length") ?? "0", CultureInfo.InvariantCulture);
        if (request.Headers.ContainsKey("expect"))
        {
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), stop.Token);
            await stream.FlushAsync(stop.Token);
        }
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop.Token);
        return body;
    }

    async Task<SeenRequest?> ReadHead(BufferedStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, stop.Token) == 0)
                return null;
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var (method, path) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1]);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(
                header => header[0].ToLowerInvariant(), header => header[1], StringComparer.Ordinal);
        return new SeenRequest(method, path, headers, KindOf(method, path));
    }

    RequestKind KindOf(string method, string path) =>
        (method, path.Contains("/ac/", StringComparison.Ordinal)) switch
        {
            ("HEAD", _) => RequestKind.LookFor,
            ("PUT", true) => RequestKind.PutEntry,
            ("PUT", false) => RequestKind.PutBlob,
            (_, true) => RequestKind.GetEntry,
            _ => Entries.TryGetValue(path, out var content) && content is [(byte)'{', ..]
                ? RequestKind.GetTrace
                : RequestKind.GetArtifact,
        };
}
