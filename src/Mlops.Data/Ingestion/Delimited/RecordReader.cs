using Mlops.Engine;

namespace Mlops.Data.Ingestion;

/// <summary>
/// Splits delimited text into records as RFC 4180 has it: a quote counts at the start of a cell only, a
/// doubled quote inside stands for one, a line ends with LF, CRLF or CR. Own code because exact line numbers,
/// the raw text of bad rows and going on after them matter more here than what libraries offer.
/// </summary>
/// <param name="firstLine">1-based line that the text begins with.</param>
/// <param name="written">The encoding of the text where it may have <see cref="Undecodable"/> characters;
/// else null.</param>
/// <param name="likelyChars">How long the text is likely to be, if it is short.</param>
/// <param name="mark">What a byte-order mark is in the text.</param>
sealed class RecordReader(
    TextReader text, char delimiter, char? quote, long firstLine = 1, string? written = null,
    int likelyChars = int.MaxValue, string mark = "\ufeff")
{
    public const int MaxCellChars = 16 * 1024 * 1024;
    public const int MaxRecordChars = 4 * MaxCellChars;
    const int FirstBufferChars = 1 << 17;

    char[] buffer = new char[Math.Clamp(likelyChars, 1, FirstBufferChars)];
    char[] unescaped = [];
    Cell[] cells = new Cell[32];
    int recordStart;
    int recordEnd;
    int markChars;
    long before;
    int next;
    int end;
    bool ended;
    long nextLine = firstLine;

    readonly record struct Cell(int Start, int Length, bool Escaped);

    enum Scan
    {
        Delimiter,
        RecordEnd,
        NeedsMore,
    }

    /// <summary>The record with its line end.</summary>
    public ReadOnlySpan<char> Whole => buffer.AsSpan(recordStart, next - recordStart);

    /// <summary>How many characters came before the next record.</summary>
    public long Consumed => before + next;

    /// <summary>1-based line that follows the record.</summary>
    public long NextLine => nextLine;

    /// <summary>1-based line where the record begins.</summary>
    public long Line { get; private set; }

    public int CellCount { get; private set; }

    /// <summary>What is wrong with the record as a whole, if anything.</summary>
    public string? Fault { get; private set; }

    /// <summary>Says that the record is none, if nothing else was wrong with it.</summary>
    public void Refuse(string? fault) => Fault ??= fault;

    /// <summary>The record as it stands in the file, without the line end.</summary>
    public ReadOnlySpan<char> Raw => buffer.AsSpan(recordStart, recordEnd - recordStart);

    /// <summary>
    /// Whether a byte-order mark stands before its first cell, as where one file was appended to another.
    /// </summary>
    public bool IsMarked => markChars > 0;

    /// <summary>The same without the byte-order mark that may stand before it.</summary>
    public ReadOnlySpan<char> Unmarked => Raw[markChars..];

    /// <summary>
    /// Whether it is a row. Lines without any text are none, unless there is but one column.
    /// </summary>
    public bool IsRowOf(int columns) => columns == 1 ? Whole.Length > markChars : !Unmarked.IsEmpty;

    /// <summary>A cell's text without its quotes; valid until the next cell or record is asked for.</summary>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            var cell = cells[index];
            var raw = buffer.AsSpan(cell.Start, cell.Length);
            return cell.Escaped ? Unescape(raw) : raw;
        }
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="SourceFaultException">A cell or row is too large (DATA-020).</exception>
    public ValueTask<bool> Read(CancellationToken ct) => TryScan() ? new(true) : ReadMore(ct);

    /// <summary>
    /// Goes to the next line as if it were a record of one cell, whatever quotes and delimiters are in it.
    /// </summary>
    /// <inheritdoc cref="Read"/>
    public async ValueTask<bool> ReadLine(CancellationToken ct)
    {
        while (!TryLine())
        {
            if (ended)
                return false;
            await Fill(ct);
        }
        return true;
    }

    async ValueTask<bool> ReadMore(CancellationToken ct)
    {
        while (!ended)
        {
            await Fill(ct);
            if (TryScan())
                return true;
        }
        return false;
    }

    async Task Fill(CancellationToken ct)
    {
        if (next > 0)
        {
            buffer.AsSpan(next, end - next).CopyTo(buffer);
            end -= next;
            before += next;
            next = 0;
        }
        if (end == buffer.Length)
        {
            if (end >= MaxRecordChars)
                throw TooLarge("row", MaxRecordChars);
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var wanted = buffer.Length - end;
        var got = await text.ReadBlockAsync(buffer.AsMemory(end, wanted), ct);
        end += got;
        ended = got < wanted;
    }

    bool TryScan()
    {
        if (next == end)
            return false;
        CellCount = 0;
        Fault = null;
        if (!ended && end - next < mark.Length)
            return false;
        markChars = buffer.AsSpan(next, end - next).StartsWith(mark) ? mark.Length : 0;
        var at = next + markChars;
        while (true)
        {
            var quoted = at < end && buffer[at] == quote;
            switch (quoted ? ScanQuoted(ref at) : ScanPlain(ref at))
            {
                case Scan.RecordEnd:
                    Line = nextLine;
                    recordStart = next;
                    nextLine += LinesIn(buffer.AsSpan(next, at - next));
                    next = at;
                    if (written is not null)
                        Fault = Undecodable.FaultOf(Raw, written) ?? Fault;
                    return true;
                case Scan.NeedsMore:
                    return false;
            }
        }
    }

    bool TryLine()
    {
        if (next == end)
            return false;
        var length = buffer.AsSpan(next, end - next).IndexOfAny('\r', '\n');
        if (!ended && (length < 0 || (next + length + 1 == end && buffer[end - 1] == '\r')))
        {
            NeedsMore(next);
            return false;
        }
        (CellCount, Fault, Line, recordStart, markChars) = (0, null, nextLine, next, 0);
        recordEnd = length < 0 ? end : next + length;
        AddCell(next, recordEnd - next, escaped: false);
        next = AfterLine(recordEnd);
        nextLine += LinesIn(Whole);
        return true;
    }

    Scan ScanPlain(ref int at)
    {
        var length = buffer.AsSpan(at, end - at).IndexOfAny(delimiter, '\r', '\n');
        if (length < 0)
        {
            if (!ended)
                return NeedsMore(at);
            length = end - at;
        }
        AddCell(at, length, escaped: false);
        return EndCell(at + length, ref at);
    }

    Scan ScanQuoted(ref int at)
    {
        var close = at + 1;
        var escaped = false;
        while (true)
        {
            var length = buffer.AsSpan(close, end - close).IndexOf(quote!.Value);
            if (length < 0)
                return ended ? EndUnclosed(ref at) : NeedsMore(at);
            close += length;
            if (close + 1 == end && !ended)
                return NeedsMore(at);
            if (close + 1 == end || buffer[close + 1] != quote)
                break;
            escaped = true;
            close += 2;
        }
        AddCell(at + 1, close - at - 1, escaped);
        var rest = close + 1 == end ? 0
            : buffer.AsSpan(close + 1, end - close - 1).IndexOfAny(delimiter, '\r', '\n');
        if (rest != 0 && buffer.AsSpan(at, close - at).ContainsAny('\r', '\n'))
            return EndLine($"the quote that opens cell {CellCount} is not closed", ref at);
        if (rest < 0 && !ended)
            return NeedsMore(at);
        if (rest != 0)
            Fault ??= $"cell {CellCount} goes on after its closing quote";
        return EndCell(rest < 0 ? end : close + 1 + rest, ref at);
    }

    Scan EndUnclosed(ref int at)
    {
        AddCell(at + 1, end - at - 1, escaped: false);
        return EndLine($"the quote that opens cell {CellCount} is not closed", ref at);
    }

    /// <summary>One stray quote must not swallow the rows after it: the record ends with its line.</summary>
    Scan EndLine(string fault, ref int at)
    {
        Fault = fault;
        var length = buffer.AsSpan(at, end - at).IndexOfAny('\r', '\n');
        recordEnd = length < 0 ? end : at + length;
        at = AfterLine(recordEnd);
        return Scan.RecordEnd;
    }

    /// <summary>Behind the line end at a position, if one is there.</summary>
    int AfterLine(int position)
    {
        var isPair = position + 1 < end && buffer[position] == '\r' && buffer[position + 1] == '\n';
        return Math.Min(end, position + (isPair ? 2 : 1));
    }

    /// <summary>Steps over what follows a cell: a delimiter, a line end or the end of the text.</summary>
    Scan EndCell(int position, ref int at)
    {
        recordEnd = position;
        if (position == end)
        {
            at = end;
            return Scan.RecordEnd;
        }
        if (buffer[position] == delimiter)
        {
            at = position + 1;
            // A delimiter as the very last character opens one more, empty cell.
            if (at == end && !ended)
                return Scan.NeedsMore;
            return Scan.Delimiter;
        }
        if (buffer[position] == '\r' && position + 1 == end && !ended)
            return Scan.NeedsMore;
        var isPair = buffer[position] == '\r' && position + 1 < end && buffer[position + 1] == '\n';
        at = position + (isPair ? 2 : 1);
        return Scan.RecordEnd;
    }

    Scan NeedsMore(int cellStart) =>
        end - cellStart <= MaxCellChars ? Scan.NeedsMore : throw TooLarge("cell", MaxCellChars);

    void AddCell(int start, int length, bool escaped)
    {
        if (length > MaxCellChars)
            throw TooLarge("cell", MaxCellChars);
        if (CellCount == cells.Length)
            Array.Resize(ref cells, cells.Length * 2);
        cells[CellCount++] = new Cell(start, length, escaped);
    }

    ReadOnlySpan<char> Unescape(ReadOnlySpan<char> raw)
    {
        if (unescaped.Length < raw.Length)
            unescaped = new char[raw.Length * 2];
        var length = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            unescaped[length++] = raw[i];
            if (raw[i] == quote)
                i++;
        }
        return unescaped.AsSpan(0, length);
    }

    static int LinesIn(ReadOnlySpan<char> record)
    {
        var lines = 0;
        while (record.IndexOfAny('\r', '\n') is var at and >= 0)
        {
            var isPair = record[at] == '\r' && at + 1 < record.Length && record[at + 1] == '\n';
            record = record[(at + (isPair ? 2 : 1))..];
            lines++;
        }
        return lines;
    }

    SourceFaultException TooLarge(string what, int limit) => new(new Problem(
        "DATA-020", $"A single {what} has more than {limit >> 20} million characters.",
        new Place("", checked((int)Math.Min(nextLine, int.MaxValue))),
        Next: quote is null ? null
            : "Look for a quote that is never closed, or say that the files know no quoting."));
}
