using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// What of a text that is declared to have one byte a character looks like UTF-8: characters of several
/// bytes. There is none where any bytes beyond ASCII are no UTF-8; nothing is said where all is ASCII.
/// </summary>
/// <param name="Characters">Counted up to <see cref="Enough"/>.</param>
/// <param name="Line">1-based, where the first is, from where the source's bytes begin.</param>
sealed record Utf8Signs(int Characters, long Line)
{
    /// <summary>
    /// Text of one byte a character has letters beside letters beyond ASCII, or alone: that all of them look
    /// like UTF-8 so often is no chance.
    /// </summary>
    public const int Enough = 3;

    public static Utf8Signs None { get; } = new(0, 0);

    public bool AreEnough => Characters >= Enough;

    /// <summary>
    /// Code pages in which letters are no leading bytes of UTF-8 before trailing ones. In Thai or DOS ones
    /// they are: there whole words may be UTF-8 by chance.
    /// </summary>
    public static bool Concern(Encoding encoding) =>
        encoding.IsSingleByte && (encoding.WebName.StartsWith("windows-125", StringComparison.Ordinal)
            || encoding.WebName.StartsWith("iso-8859-", StringComparison.Ordinal));

    /// <summary>Those of a file of the signs of its pieces.</summary>
    public static Utf8Signs? Together(IEnumerable<(long FirstLine, Utf8Signs? Signs)> pieces)
    {
        Utf8Signs? together = null;
        foreach (var (firstLine, signs) in pieces)
            if (signs == None)
                return None;
            else if (signs is not null)
                together = together is null
                    ? signs with { Line = signs.Line + firstLine - 1 }
                    : together with { Characters = together.Characters + signs.Characters };
        return together;
    }
}

/// <summary>Passes a text's bytes on, and looks whether they are UTF-8 until they are not.</summary>
sealed class Utf8Watch(Stream source) : ReadOnlyStream
{
    const byte LeastLead = 0xc2;
    const byte LastLead = 0xf4;

    readonly Utf8Check check = new();
    long position;
    long first = -1;
    int characters;

    /// <summary>To be called when all is read.</summary>
    /// <param name="isInside">The bytes are a piece from inside a file.</param>
    /// <returns>Null where all is ASCII.</returns>
    public async Task<Utf8Signs?> Signs(StageContext context, SourceBytes bytes, bool isInside) =>
        !check.IsWhole ? Utf8Signs.None
        : first < 0 ? null
        : new Utf8Signs(characters, 1 + await LinesBefore(first, context, bytes, isInside));

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        See(buffer.Span[..read]);
        return read;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = source.Read(buffer);
        See(buffer[..read]);
        return read;
    }

    void See(ReadOnlySpan<byte> bytes)
    {
        check.Add(bytes);
        if (!check.IsValid)
            return;
        for (var at = 0; characters < Utf8Signs.Enough; at++, characters++)
        {
            var next = bytes[at..].IndexOfAnyInRange(LeastLead, LastLead);
            if (next < 0)
                break;
            at += next;
            first = first < 0 ? position + at : first;
        }
        position += bytes.Length;
    }

    /// <summary>Reads them again: that is rarely asked, and counting them always would cost.</summary>
    static async Task<long> LinesBefore(
        long position, StageContext context, SourceBytes source, bool isInside)
    {
        await using var unpacked = await Unpacked.Open(
            context.OpenSource(source.Source), source.LengthBytes, context.Cancellation, isInside);
        var (lines, endsInReturn) = (0L, false);
        for (var isEnded = false; position > 0 && !isEnded;)
        {
            var read = await unpacked.Bytes.ReadAsync(context.Cancellation);
            isEnded = read.IsCompleted;
            foreach (var piece in read.Buffer)
            {
                var bytes = piece.Span[..(int)Math.Min(piece.Length, position)];
                position -= bytes.Length;
                if (bytes.IsEmpty)
                    break;
                lines += LineEnds.In(bytes) - (endsInReturn && bytes[0] == '\n' ? 1 : 0);
                endsInReturn = bytes[^1] == '\r';
            }
            unpacked.Bytes.AdvanceTo(read.Buffer.End);
        }
        return lines;
    }
}
