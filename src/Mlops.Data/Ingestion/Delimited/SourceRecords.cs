using System.Text;
using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>What <see cref="SourceRecords.Next"/> went to.</summary>
enum Found
{
    /// <summary>Many rows whose cells are where their bytes say.</summary>
    Block,
    /// <summary>One row, read by itself.</summary>
    Record,
    End,
}

/// <summary>
/// A raw file's header, and its rows: in blocks as long as the quotes in its bytes are regular, one by one
/// where they are not. Both ways the rows are those that <see cref="RecordReader"/> finds.
/// </summary>
sealed class SourceRecords : IAsyncDisposable
{
    /// <summary>So many bytes are read record by record before blocks are tried again.</summary>
    const int RecordsBytes = 1 << 18;

    /// <summary>In so many bytes a header is found that stands below titles.</summary>
    const int BeginningBytes = 1 << 16;

    readonly SourceText text;
    readonly TextFormat format;
    readonly int recordsBytes;

    CellBlock? block;

    /// <summary>Null where the file names no columns, or has not yet.</summary>
    RepeatedHeader? headerAgain;
    bool firstIsRead;

    /// <summary>
    /// Whether rows are read one by one now, how many bytes of the window they took, and how many they are to
    /// take at least.
    /// </summary>
    bool inRecords = true;
    long recordBytes;
    long recordsUpTo;

    /// <summary>
    /// In the original bytes: behind the row that was read last, or where the block begins.
    /// </summary>
    long position;
    (int At, long Position) inBlock;

    SourceRecords(SourceText text, TextFormat format, int recordsBytes)
    {
        (this.text, this.format, this.recordsBytes) = (text, format, recordsBytes);
        Bytes = ByteFormat.Of(format, text.BytesEncoding);
        Record = RecordsFrom(1);
    }

    /// <summary>The row, if it is one.</summary>
    public RecordReader Record { get; private set; }

    /// <summary>How many bytes the row has, if it is one, without its line end.</summary>
    public int RawBytes =>
        Bytes is null ? Record.Raw.Length : text.BytesEncoding.GetByteCount(Record.Raw);

    /// <summary>The rows, if they are many.</summary>
    public CellBlock Block => block!;

    /// <summary>1-based line where the block begins.</summary>
    public long BlockLine { get; private set; } = 1;

    public HeaderNames Header { get; private set; } = new([], []);

    /// <summary>1-based line of the header; 1 where there is none.</summary>
    public int HeaderLine { get; private set; } = 1;

    /// <summary>
    /// How many lines, other than those that are skipped, look like titles above the header; 0 for none.
    /// </summary>
    public int Titles { get; private set; }

    public bool IsPacked => text.IsPacked;

    /// <summary>What the file is written in.</summary>
    public Encoding Encoding => text.Encoding;

    /// <summary>
    /// Null where the delimiter or the quote is no single byte: then there are records only.
    /// </summary>
    public ByteFormat? Bytes { get; }

    public int MarkBytes => text.MarkBytes;

    /// <inheritdoc cref="SourceText.Utf8"/>
    public Utf8Watch? Utf8 => text.Utf8;

    /// <inheritdoc cref="SourceText.Original"/>
    public OriginalBytes? Original => text.Original;

    /// <summary>
    /// What the file begins with before its rows, byte for byte: its mark, the header, the lines skipped.
    /// Empty where the original bytes are not kept.
    /// </summary>
    public byte[] Preamble { get; private set; } = [];

    /// <summary>Where the row, if it is one, begins and ends in the original bytes.</summary>
    public (long Start, long End) RecordAt => (position - UnitsOf(Record.Whole), position);

    /// <param name="header">The names of the file's columns where the bytes are from inside it: their first
    /// record is a row. Null where a file begins.</param>
    /// <param name="names">What the columns are called where the file does not say; null to number
    /// them.</param>
    /// <param name="keepsOriginal">Whether the file's own bytes are kept, until whoever reads the rows
    /// took or passed them.</param>
    /// <exception cref="SourceFaultException">The file is empty, or its first rows are at fault.</exception>
    public static Task<SourceRecords> Open(
        StageContext context, SourceBytes source, TextFormat format, IReadOnlyList<string>? header,
        CellNames? names, bool keepsOriginal = false) => Open(
            context.OpenSource(source.Source), source.LengthBytes,
            format, header, names, context.Cancellation, keepsOriginal: keepsOriginal);

    /// <inheritdoc cref="Open(StageContext, SourceBytes, TextFormat, IReadOnlyList{string}?,
    /// CellNames?, bool)"/>
    /// <param name="windowBytes">How long blocks are.</param>
    /// <param name="recordsBytes">How much is read record by record where a block cannot be.</param>
    public static async Task<SourceRecords> Open(
        Stream source, long lengthBytes, TextFormat format, IReadOnlyList<string>? header,
        CellNames? names, CancellationToken ct, int windowBytes = SourceText.WindowBytes,
        int recordsBytes = RecordsBytes, bool keepsOriginal = false)
    {
        var text = await SourceText.Open(
            source, lengthBytes, format, ct, isInside: header is not null, windowBytes: windowBytes,
            keepsOriginal: keepsOriginal);
        var records = new SourceRecords(text, format, recordsBytes);
        if (header is not null)
        {
            records.Header = new HeaderNames(header, []);
            records.headerAgain = format.Header ? new RepeatedHeader(header) : null;
        }
        else if (text.IsEmpty)
        {
            await using var empty = text;
            // A packed file that was cut off before its data is not empty but damaged.
            await text.Finish(ct);
            throw new SourceFaultException(new Problem(
                "DATA-014", "The file is empty.", new Place(""),
                Next: "Bring its data, or take it out of the sources."));
        }
        else
            await records.ReadHeader(names, ct);
        return records;
    }

    /// <summary>
    /// Goes to the next rows. Lines without any text are no rows, unless there is but one column.
    /// </summary>
    public async ValueTask<Found> Next(CancellationToken ct)
    {
        if (inRecords && (Bytes is null || firstIsRead || recordBytes < recordsUpTo))
            return await NextRecord(ct) ? Found.Record : Found.End;
        if (inRecords)
            LeaveRecords();
        else
            PassBlock();
        while (true)
        {
            // A row that is longer than a cell may be is for the reader of records, which has limits.
            var isHuge = text.Bytes.Length > RecordReader.MaxCellChars;
            block!.Find(
                isHuge ? text.Bytes.Bytes[..RecordReader.MaxCellChars] : text.Bytes.Bytes,
                text.Bytes.IsEnded && !isHuge);
            if (block.Length > 0)
                return Found.Block;
            if (block.IrregularUpTo > 0 || isHuge)
            {
                EnterRecords();
                return await NextRecord(ct) ? Found.Record : Found.End;
            }
            if (text.Bytes.IsEnded)
                return Found.End;
            await text.Bytes.Read(ct);
        }
    }

    /// <summary>
    /// To be called at the end: reads the file's last bytes, so that its digest is checked.
    /// </summary>
    public Task Finish(CancellationToken ct) => text.Finish(ct);

    public ValueTask DisposeAsync() => text.DisposeAsync();

    void LeaveRecords()
    {
        text.Bytes.Drop((int)recordBytes);
        inRecords = false;
        BlockLine = Record.NextLine;
        block ??= new CellBlock(Bytes!, Header.Names.Count, headerAgain);
    }

    void EnterRecords()
    {
        (inRecords, recordBytes, recordsUpTo) = (true, 0, Math.Max(recordsBytes, block!.IrregularUpTo));
        Record = RecordsFrom(BlockLine);
    }

    /// <summary>Where a byte of the block stands in the original bytes.</summary>
    public long PositionOf(int byteOfBlock)
    {
        if (Original!.CountsBytes)
            return position + byteOfBlock;
        var (at, before) = inBlock.At <= byteOfBlock && inBlock.At > 0 ? inBlock : (0, position);
        inBlock = (byteOfBlock, before + block!.CharsBetween(at, byteOfBlock));
        return inBlock.Position;
    }

    void PassBlock()
    {
        if (Original is not null)
            (position, inBlock) = (PositionOf(block!.Length), default);
        BlockLine += block!.LinesBetween(0, block.Length);
        text.Bytes.Drop(block.Length);
    }

    RecordReader RecordsFrom(long line) =>
        new(text.Replay(keeps: Bytes is not null), format.Delimiter[0], format.Quote?[0], line,
            (text.BytesEncoding as LenientEncoding)?.Written, text.LikelyChars);

    async ValueTask<bool> NextRecord(CancellationToken ct)
    {
        if (firstIsRead)
        {
            firstIsRead = false;
            return true;
        }
        while (await ReadRecord(ct))
            if (Record.IsRowOf(Header.Names.Count))
            {
                Record.Refuse(headerAgain?.FaultOf(Record));
                return true;
            }
            else
                Original?.PassTo(position);
        return false;
    }

    async ValueTask<bool> ReadRecord(CancellationToken ct) => await Record.Read(ct) && PassRecord();

    bool PassRecord()
    {
        if (Bytes is not null)
            recordBytes += text.BytesEncoding.GetByteCount(Record.Whole);
        if (Original is not null)
            position += UnitsOf(Record.Whole);
        return true;
    }

    int UnitsOf(ReadOnlySpan<char> record) =>
        Original!.CountsBytes ? text.BytesEncoding.GetByteCount(record) : record.Length;

    /// <param name="isAhead">Whether the row that was read last is behind it.</param>
    void KeepPreamble(bool isAhead)
    {
        if (Original is null)
            return;
        using var preamble = new MemoryStream();
        preamble.Write(Original.Mark);
        Original.CopyTo(isAhead ? RecordAt.Start : position, preamble);
        Preamble = preamble.ToArray();
    }

    async Task ReadHeader(CellNames? names, CancellationToken ct)
    {
        await PassTitles(ct);
        var isAhead = await PassSeparator(ct);
        if (format.Header && (isAhead || await NextRecord(ct)))
        {
            HeaderFaults.ThrowIfUnreadable(Record, text.BytesEncoding);
            (Header, HeaderLine) = (HeaderNames.Of(Record), checked((int)Record.Line));
            headerAgain = new RepeatedHeader(Header.Names);
            isAhead = false;
        }
        for (var skipped = 0; skipped < format.SkipRows; skipped++, isAhead = false)
            if (!isAhead)
                await ReadRecord(ct);
        KeepPreamble(isAhead);
        firstIsRead = (isAhead && !Record.Unmarked.IsEmpty) || await NextRecord(ct);
        if (!format.Header)
        {
            var cells = firstIsRead ? Record.CellCount : 0;
            Header = names is null ? HeaderNames.Numbered(cells) : new HeaderNames(names.Of(cells), []);
        }
        Titles = await LikelyTitles(ct);
        if (Titles > 0)
            Header = Header with { Notes = [TitleLines.Advice("its", Titles), .. Header.Notes] };
        else
            HeaderFaults.ThrowIfOfAnotherDelimiter(
                Header, format.Delimiter, firstIsRead ? Record.Unmarked.ToString() : null, HeaderLine);
    }

    /// <summary>Titles are lines, so that a quote in one does not open a cell.</summary>
    async Task PassTitles(CancellationToken ct)
    {
        for (var passed = 0; passed < format.SkipLines; passed++)
        {
            if (!await Record.ReadLine(ct) || !PassRecord())
                throw HeaderFaults.EndsInTitles(format.SkipLines.Value, passed);
            if (passed == 0)
                SeparatorLine.ThrowIfOther(Record, format.Delimiter);
        }
    }

    /// <remarks>
    /// Looked for where the header is short, has few names, or is of other length than the row behind it, in
    /// the bytes that are at hand.
    /// </remarks>
    async ValueTask<int> LikelyTitles(CancellationToken ct)
    {
        var count = Header.Names.Count;
        if (!format.Header || !firstIsRead || Bytes is null
            || (count > 2 && 2 * Header.Notes.Count < count && Record.CellCount == count))
            return 0;
        var bytes = text.Bytes.Bytes.AsSpan();
        var lines = bytes[..Math.Min(bytes.Length, BeginningBytes)].LastIndexOfAny("\r\n"u8) + 1;
        var beginning = text.BytesEncoding.GetString(text.Bytes.IsEnded && bytes.Length <= BeginningBytes
            ? bytes : bytes[..lines]);
        var titles = await TitleLines.Count(beginning, format.Delimiter[0], format.Quote?[0], ct);
        return titles == (format.SkipLines ?? 0) ? 0 : titles;
    }

    /// <returns>Whether the first record is read and is to be taken for what it is. Without a header lines
    /// without any text count among those that are skipped.</returns>
    async Task<bool> PassSeparator(CancellationToken ct)
    {
        if (!await (format.Header ? NextRecord(ct) : ReadRecord(ct)))
            return false;
        SeparatorLine.ThrowIfOther(Record, format.Delimiter);
        return !SeparatorLine.Is(Record.Unmarked);
    }
}
