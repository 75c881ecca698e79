using System.Net.Http.Headers;

namespace Mlops.Engine;

/// <summary>One thing that is asked of a remote, repeatable.</summary>
/// <param name="Entry">Relative, as <c>cas/abcd…</c>.</param>
/// <param name="Content">What is sent; opened anew for each attempt.</param>
/// <param name="Receive">Reads the body of an answer; null where none is of use.</param>
sealed record RemoteRequest(
    HttpMethod Method,
    string Entry,
    Func<Stream>? Content = null,
    Func<Stream, Deadline, Task<RemoteAnswer>>? Receive = null,
    long? LengthBytes = null)
{
    public bool Writes => Method == HttpMethod.Put;

    /// <summary>Only asks whether an entry is there.</summary>
    public bool IsProbe => Method == HttpMethod.Head;

    /// <param name="credentials">Null for another host than the remote's own.</param>
    /// <param name="asksFirst">Whether the remote is to agree before the content is sent.</param>
    public HttpRequestMessage Message(
        Uri target, RemoteCredentials? credentials, Deadline deadline, bool asksFirst)
    {
        var message = new HttpRequestMessage(Method, target);
        if (credentials is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue(
                credentials.Scheme, credentials.Value);
        if (Content is not null)
        {
            message.Content = new StreamedContent(Content, deadline);
            message.Headers.ExpectContinue = asksFirst;
        }
        return message;
    }
}

/// <summary>Sends a stream of known length piece by piece; each piece that went out is progress.</summary>
sealed class StreamedContent : HttpContent
{
    readonly Func<Stream> open;
    readonly Deadline deadline;
    readonly long lengthBytes;

    public StreamedContent(Func<Stream> open, Deadline deadline)
    {
        (this.open, this.deadline) = (open, deadline);
        using var content = open();
        lengthBytes = content.Length;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
    {
        await using var content = open();
        await RemoteBody.Copy(content, stream, deadline);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = lengthBytes;
        return true;
    }
}
