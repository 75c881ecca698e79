using System.Buffers;
using System.Text;
using System.Text.Json;
using Mlops.Engine;

namespace Mlops.Data.Ingestion.Typed;

/// <summary>
/// JSON Lines: an object per line, UTF-8. A line that is none has a fault and reading goes on behind it;
/// blank lines are no rows.
/// </summary>
sealed class JsonLineRows : TypedRows
{
    public const int MaxLineBytes = 64 << 20;
    public const int MaxNames = 10_000;
    const int MaxDepth = 64;

    static readonly JsonReaderOptions Options = new() { MaxDepth = MaxDepth };
    static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly Unpacked source;
    readonly List<string> names = [];
    readonly List<byte[]> nameBytes = [];
    readonly Dictionary<string, int> columnOf = new(StringComparer.Ordinal);
    /// <summary>Columns whose value in this line is null.</summary>
    readonly HashSet<int> seenNull = [];
    byte[] line = new byte[1 << 16];
    int length;
    long lines;
    bool ended;
    bool hasLineEnd;
    long offset;
    long next;

    JsonLineRows(Unpacked source) => this.source = source;

    public override IReadOnlyList<string> Names => names;

    public override bool HasHeader => false;

    public override bool HasLines => true;

    public override bool IsMarked => Trimmed().StartsWith(Mark);

    public override string Raw => Encoding.UTF8.GetString(Trimmed());

    /// <summary>Bytes of the byte-order mark that the file begins with.</summary>
    public int MarkBytes { get; private init; }

    /// <summary>How many bytes of the file come before the line.</summary>
    public long Offset => offset;

    /// <summary>How many bytes the line has with its end.</summary>
    public long LengthBytes => next - offset;

    /// <summary>Writes the line as it stands in the file, with its end.</summary>
    public void CopyTo(Stream output)
    {
        output.Write(line, 0, length);
        if (hasLineEnd)
            output.WriteByte((byte)'\n');
    }

    public static async Task<JsonLineRows> Open(StageContext context, Digest digest, long lengthBytes)
    {
        var ct = context.Cancellation;
        var source = await Unpacked.Open(context.OpenSource(digest), lengthBytes, ct);
        var markBytes = await Unpacked.StartsWith(source.Bytes, [.. Mark], ct) ? Mark.Length : 0;
        var start = await source.Bytes.ReadAtLeastAsync(markBytes, ct);
        source.Bytes.AdvanceTo(start.Buffer.GetPosition(markBytes));
        return new JsonLineRows(source) { MarkBytes = markBytes, next = markBytes };
    }

    /// <summary>The byte-order mark of UTF-8.</summary>
    public static ReadOnlySpan<byte> Mark => [0xef, 0xbb, 0xbf];

    public override async ValueTask<bool> Next(CancellationToken ct)
    {
        while (await ReadLine(ct))
        {
            if (Content().IsEmpty)
                continue;
            Line = lines;
            Cells.Clear();
            var known = names.Count;
            Fault = Parse(Content());
            if (Fault is not null)
                Forget(known);
            return true;
        }
        return false;
    }

    public override Task Finish(CancellationToken ct) => source.Finish(ct);

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    /// <summary>The line without blanks around it, a CR being one.</summary>
    ReadOnlySpan<byte> Trimmed() => line.AsSpan(0, length).Trim(Blanks);

    /// <summary>The same without a byte-order mark before it.</summary>
    ReadOnlySpan<byte> Content() => IsMarked ? Trimmed()[Mark.Length..].TrimStart(Blanks) : Trimmed();

    static ReadOnlySpan<byte> Blanks => " \t\r"u8;

    async ValueTask<bool> ReadLine(CancellationToken ct)
    {
        (length, offset, hasLineEnd) = (0, next, false);
        lines++;
        while (!ended)
        {
            var read = await source.Bytes.ReadAsync(ct);
            var end = read.Buffer.PositionOf((byte)'\n');
            Keep(end is { } at ? read.Buffer.Slice(0, at) : read.Buffer);
            source.Bytes.AdvanceTo(end is { } found ? read.Buffer.GetPosition(1, found) : read.Buffer.End);
            hasLineEnd = end is not null;
            next = offset + length + (hasLineEnd ? 1 : 0);
            if (hasLineEnd)
                return true;
            ended = read.IsCompleted;
        }
        return length > 0;
    }

    void Keep(in ReadOnlySequence<byte> bytes)
    {
        var wanted = length + bytes.Length;
        if (wanted > MaxLineBytes)
            throw new SourceFaultException(new Problem(
                "DATA-020", $"A single line has more than {MaxLineBytes >> 20} million bytes.",
                new Place("", checked((int)Math.Min(lines, int.MaxValue))),
                Next: "Look whether the file has an object on each line."));
        if (wanted > line.Length)
            Array.Resize(ref line, (int)Math.Min(MaxLineBytes, Math.Max(wanted, 2L * line.Length)));
        bytes.CopyTo(line.AsSpan(length));
        length = (int)wanted;
    }

    /// <returns>Null, or what is wrong with the line.</returns>
    string? Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                return reader.TokenType == JsonTokenType.StartArray
                    ? "a list instead of an object" : "a single value instead of an object";
            for (var position = 0; reader.Read()
                && reader.TokenType == JsonTokenType.PropertyName; position++)
            {
                var column = ColumnOf(ref reader, position);
                if (Cells.KindOf(column) != CellKind.Missing || seenNull.Contains(column))
                    return $"the key '{names[column]}' stands twice";
                reader.Read();
                ReadValue(ref reader, json, column);
            }
            // Reads to the end, where anything behind the object is found.
            reader.Read();
            return null;
        }
        catch (JsonException wrong)
        {
            return $"no JSON from byte {wrong.BytePositionInLine + 1} on: {Sentence(wrong.Message)}";
        }
        catch (Exception wrong) when (wrong is InvalidOperationException or DecoderFallbackException)
        {
            return "a text that is not UTF-8";
        }
        finally
        {
            seenNull.Clear();
        }
    }

    /// <summary>What a line that is no row names first is no column, be it cut off or made up.</summary>
    void Forget(int known)
    {
        for (var i = known; i < names.Count; i++)
            columnOf.Remove(names[i]);
        names.RemoveRange(known, names.Count - known);
        nameBytes.RemoveRange(known, nameBytes.Count - known);
        Cells.Clear();
    }

    int ColumnOf(ref Utf8JsonReader reader, int position)
    {
        // Lines mostly have the same keys in the same order.
        if (position < nameBytes.Count && reader.ValueTextEquals(nameBytes[position]))
            return position;
        var name = reader.GetString()!;
        if (columnOf.TryGetValue(name, out var column))
            return column;
        if (names.Count == MaxNames)
            throw new SourceFaultException(new Problem(
                "DATA-041", $"The lines have more than {MaxNames} different keys.",
                new Place("", checked((int)Math.Min(lines, int.MaxValue)), Field: name),
                Next: "Keys that are values belong into a column of their own."));
        names.Add(name);
        nameBytes.Add(Encoding.UTF8.GetBytes(name));
        columnOf.Add(name, names.Count - 1);
        return names.Count - 1;
    }

    void ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, int column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                seenNull.Add(column);
                break;
            case JsonTokenType.True:
                Cells.Set(column, CellKind.Boolean, "true");
                break;
            case JsonTokenType.False:
                Cells.Set(column, CellKind.Boolean, "false");
                break;
            case JsonTokenType.Number:
                var isWhole = !reader.ValueSpan.ContainsAny((byte)'.', (byte)'e', (byte)'E');
                SetUtf8(column, isWhole ? CellKind.Integer : CellKind.Real, reader.ValueSpan);
                break;
            case JsonTokenType.String:
                var chars = reader.CopyString(Cells.Room(reader.ValueSpan.Length));
                Cells.Take(column, CellKind.Text, chars);
                break;
            default:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                SetUtf8(column, CellKind.Nested, json[start..(int)reader.BytesConsumed]);
                break;
        }
    }

    void SetUtf8(int column, CellKind kind, ReadOnlySpan<byte> utf8) =>
        Cells.Take(column, kind, Strict.GetChars(utf8, Cells.Room(utf8.Length)));

    /// <summary>Without the place behind it, which would be that within the line.</summary>
    static string Sentence(string message) =>
        message.IndexOf(" LineNumber", StringComparison.Ordinal) is var at and > 0 ? message[..at] : message;
}
