using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>A raw file's header and, one by one, its rows.</summary>
sealed class SourceRecords : IAsyncDisposable
{
    readonly SourceText text;
    bool firstIsRead;

    SourceRecords(SourceText text, RecordReader record)
    {
        this.text = text;
        Record = record;
    }

    /// <summary>The row that <see cref="Next"/> went to.</summary>
    public RecordReader Record { get; }

    public HeaderNames Header { get; private set; } = new([], []);

    public bool IsPacked => text.IsPacked;

    /// <summary>What the text is decoded with.</summary>
    public Encoding Encoding => text.Text.CurrentEncoding;

    public int MarkBytes => text.MarkBytes;

    /// <param name="header">The names of the file's columns where the bytes are from inside it: their first record is
    /// a row. Null where a file begins.</param>
    /// <param name="names">What the columns are called where the file does not say; null to number them.</param>
    /// <exception cref="SourceFaultException">The file is empty, or its first rows are at fault.</exception>
    public static Task<SourceRecords> Open(
        StageContext context, SourceBytes source, TextFormat format, IReadOnlyList<string>? header,
        IReadOnlyList<string>? names) =>
        header is null
            ? OpenFile(context, source, format, names)
            : OpenInside(context, source, format, header);

    static async Task<SourceRecords> OpenInside(
        StageContext context, SourceBytes piece, TextFormat format, IReadOnlyList<string> header)
    {
        var text = await SourceText.Open(
            context.OpenSource(piece.Source), piece.LengthBytes, format, context.Cancellation, isInside: true);
        return new SourceRecords(text, new RecordReader(text.Text, format.Delimiter[0], format.Quote?[0]))
        {
            Header = new HeaderNames(header, []),
        };
    }

    static async Task<SourceRecords> OpenFile(
        StageContext context, SourceBytes source, TextFormat format, IReadOnlyList<string>? names)
    {
        var ct = context.Cancellation;
        var text = await SourceText.Open(context.OpenSource(source.Source), source.LengthBytes, format, ct);
        if (text.IsEmpty)
        {
            await text.DisposeAsync();
            throw new SourceFaultException(new Problem(
                "DATA-014", "The file is empty.", new Place(""),
                Next: "Bring its data, or take it out of the sources."));
        }
        var records = new SourceRecords(
            text, new RecordReader(text.Text, format.Delimiter[0], format.Quote?[0]));
        await records.ReadHeader(format, names, ct);
        return records;
    }

    /// <summary>
    /// Goes to the next row. Lines without any text are no rows, unless there is but one column.
    /// </summary>
    public async ValueTask<bool> Next(CancellationToken ct)
    {
        if (firstIsRead)
        {
            firstIsRead = false;
            return true;
        }
        while (await Record.Read(ct))
            if (Header.Names.Count == 1 || !Record.Raw.IsEmpty)
                return true;
        return false;
    }

    /// <summary>
    /// To be called at the end: reads the file's last bytes, so that its digest is checked.
    /// </summary>
    public Task Finish(CancellationToken ct) => text.Finish(ct);

    public ValueTask DisposeAsync() => text.DisposeAsync();

    async Task ReadHeader(TextFormat format, IReadOnlyList<string>? names, CancellationToken ct)
    {
        if (format.Header && await Next(ct))
        {
            if (Record.Fault is { } fault)
                throw new SourceFaultException(new Problem(
                    "DATA-027", $"The header cannot be read: {fault}.",
                    new Place("", checked((int)Record.Line))));
            Header = HeaderNames.Of(Record);
        }
        for (var skipped = 0; skipped < format.SkipRows; skipped++)
            await Record.Read(ct);
        firstIsRead = await Next(ct);
        if (!format.Header)
            Header = names is not null ? new HeaderNames(names, [])
                : HeaderNames.Numbered(firstIsRead ? Record.CellCount : 0);
        if (Header.SuspectDelimiter(
            format.Delimiter[0], firstIsRead ? Record.Raw.ToString() : null) is { } other)
            throw new SourceFaultException(new Problem(
                "DATA-016", $"The file has one column only, but its lines hold {other}: this looks like another delimiter.",
                new Place("", 1), Expected: $"columns separated by '{format.Delimiter}'",
                Next: $"Set the delimiter to {other}."));
    }
}
